/** The action could not decide, and the message says why. */
export class ActionError extends Error {}
