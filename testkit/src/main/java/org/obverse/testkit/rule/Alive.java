package org.obverse.testkit.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Threads of this process, and processes that it began, which are there at one moment. */
record Alive(Set<Thread> threads, Set<ProcessHandle> processes) {
    /** What may lie between the end of a thread or process and its being seen to have ended. */
    private static final long GRACE_MILLIS = 1000;
    /** Threads that the JDK keeps for whoever needs them next. */
    private static final String OF_THE_JDK = "process reaper.*|ForkJoinPool.*|CompletableFutureDelayScheduler";

    static Alive now() {
        return new Alive(
                Set.copyOf(Thread.getAllStackTraces().keySet()),
                ProcessHandle.current().descendants().collect(Collectors.toSet()));
    }

    /** Processes that are there now, and were not then. */
    Set<ProcessHandle> processesSince() {
        Set<ProcessHandle> begun = new HashSet<>(now().processes());
        begun.removeAll(processes);
        return begun;
    }

    /** What was not there then, is there now, and does not end in a moment; for people. */
    List<String> leftSince() {
        List<String> left = new ArrayList<>();
        Set<Thread> begun = new HashSet<>(now().threads());
        begun.removeAll(threads);
        begun.removeIf(thread -> thread.getName().matches(OF_THE_JDK));
        begun.stream().filter(Alive::stays).forEach(thread -> left.add("the thread " + thread.getName()));
        processesSince().stream().filter(Alive::stays).forEach(process -> left.add("the process " + process.pid()));
        return left;
    }

    private static boolean stays(Thread thread) {
        try {
            thread.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return thread.isAlive();
    }

    private static boolean stays(ProcessHandle process) {
        try {
            process.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive();
    }
}
