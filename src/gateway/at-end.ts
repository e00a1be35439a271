const tasks = new Set<() => void>();
let isListening = false;

/**
 * Runs a task when this process ends by itself; what the task leaves to later does not happen. Signals are not listened to, which
 * would keep them from ending a process that is not ours.
 *
 * @returns what takes the task back
 */
export function atEnd(task: () => void): () => void {
  tasks.add(task);
  if (!isListening) process.once('exit', runEndTasks);
  isListening = true;
  return () => {
    tasks.delete(task);
  };
}

/** What happens at the end. */
export function runEndTasks(): void {
  for (const task of tasks) task();
}
