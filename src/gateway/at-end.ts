const tasks = new Set<() => void>();

/**
 * Runs a task when this process ends by itself; what the task leaves to later does not happen. Signals are not listened to, which
 * would keep them from ending a process that is not ours.
 *
 * @returns what takes the task back
 */
export function atEnd(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', runEndTasks);
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size === 0) process.off('exit', runEndTasks);
  };
}

/** What happens at the end. */
export function runEndTasks(): void {
  for (const task of tasks) task();
}
