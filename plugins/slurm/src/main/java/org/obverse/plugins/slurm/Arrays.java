package org.obverse.plugins.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.place.Answer;
import org.obverse.api.place.PlaceContext;

/**
 * The arrays that a run has in the queue, and those that a driver before it left there: an order that one of their jobs is at work on is
 * not given twice.
 */
final class Arrays {
    /** Clusters allow arrays of a thousand. */
    private static final int LONGEST = 500;
    /** The queue is asked once in ten looks, every five seconds: all users of a cluster share it. */
    private static final int PACE = 10;
    /** How long the cluster may be without a controller that answers. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Jobs jobs;
    private final PlaceContext context;
    private final Path folder;
    private final List<JobArray> arrays = new ArrayList<>();
    private final Map<Task, Ear> open = new LinkedHashMap<>();
    private final List<Task> orphans = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private Optional<Long> unanswered = Optional.empty();
    private boolean lookedBack;
    private int looks;

    Arrays(Jobs jobs, PlaceContext context) {
        this.jobs = jobs;
        this.context = context;
        this.folder = context.folder();
    }

    /**
     * Looks after all of them once.
     *
     * @param ordered since the last time
     * @return what was answered since then
     */
    synchronized Map<Ear, Answer> tend(List<Ear> ordered, boolean cancelled) {
        Map<Ear, Answer> answers = new LinkedHashMap<>();
        try {
            if (cancelled) {
                ordered.forEach(ear -> answers.put(ear, lost(ear, "the run ended before it was submitted")));
                endAll();
            } else if (!ordered.isEmpty()) {
                lookBack();
                submit(ordered.stream().filter(ear -> !adopt(ear)).toList(), answers);
            }
            read(answers, cancelled);
            if (!open.isEmpty() && (cancelled || looks++ % PACE == 0)) {
                askQueue(answers, cancelled);
            }
            clear();
        } catch (IOException | RuntimeException e) {
            Stream.concat(ordered.stream(), open.values().stream())
                    .filter(ear -> !answers.containsKey(ear))
                    .toList()
                    .forEach(ear -> answers.put(
                            ear,
                            lost(ear, "the queue or the files of its job are out of reach (" + e.getMessage() + ")")));
            open.clear();
            // What is answered so is offered again, and must not be at work twice.
            endAll();
        }
        return answers;
    }

    private static Answer lost(Ear ear, String reason) {
        return new Answer.Lost(ear.order().unit(), reason);
    }

    /** Once: which jobs of a driver before this one are still there. */
    private void lookBack() throws IOException {
        if (lookedBack) {
            return;
        }
        List<Path> left;
        try (Stream<Path> folders = Files.list(folder)) {
            left = folders.sorted().toList();
        }
        if (!left.isEmpty()) {
            Map<Queue.Listed, String> listed = Queue.listed();
            for (Path array : left) {
                JobArray known = JobArray.read(array);
                List<Task> alive = new ArrayList<>();
                for (Task task : known.tasks()) {
                    if (listed.containsKey(new Queue.Listed(known.name(), task.index()))
                            && (!task.isOver() || task.wasTerminated())) {
                        alive.add(task);
                    }
                }
                if (alive.isEmpty()) {
                    known.delete();
                } else {
                    arrays.add(known);
                    orphans.addAll(alive);
                }
            }
        }
        lookedBack = true;
    }

    private boolean adopt(Ear ear) {
        String line = context.line(ear.order());
        Optional<Task> orphan =
                orphans.stream().filter(task -> task.line().equals(line)).findFirst();
        orphan.ifPresent(task -> {
            orphans.remove(task);
            open.put(task, ear);
        });
        return orphan.isPresent();
    }

    private void submit(List<Ear> ears, Map<Ear, Answer> answers) throws IOException {
        Map<List<String>, List<Ear>> alike = ears.stream()
                .collect(Collectors.groupingBy(
                        ear -> jobs.request(ear.order().unit().slot()), LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<List<String>, List<Ear>> kind : alike.entrySet()) {
            List<Ear> all = kind.getValue();
            for (int from = 0; from < all.size(); from += LONGEST) {
                submit(kind.getKey(), all.subList(from, Math.min(from + LONGEST, all.size())), answers);
            }
        }
    }

    private void submit(List<String> request, List<Ear> ears, Map<Ear, Answer> answers) throws IOException {
        JobArray array = JobArray.of(
                folder.resolve(name(ears.get(0))),
                ears.stream().map(ear -> context.line(ear.order())).toList());
        Path script = array.write(request, context.lastingWorker(""));
        try {
            Queue.submit(script);
            arrays.add(array);
            for (int i = 0; i < ears.size(); i++) {
                open.put(array.tasks().get(i), ears.get(i));
            }
        } catch (IOException e) {
            array.delete();
            ears.forEach(ear -> answers.put(ear, lost(ear, "it cannot be submitted (" + e.getMessage() + ")")));
        }
    }

    /** By which the queue, which other runs share, knows an array. */
    private String name(Ear first) {
        return "obverse-" + first.order().study().replaceAll("[^A-Za-z0-9_.-]", "_") + "-"
                + Integer.toHexString(folder.toString().hashCode()) + "-"
                + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-" + arrays.size();
    }

    private void read(Map<Ear, Answer> answers, boolean cancelled) throws IOException {
        for (Map.Entry<Task, Ear> entry : Map.copyOf(open).entrySet()) {
            Task task = entry.getKey();
            boolean isOver = task.isOver();
            task.hear(entry.getValue(), context);
            if (isOver && (cancelled || !task.wasTerminated())) {
                end(task, entry.getValue(), answers, cancelled);
            }
        }
    }

    private void askQueue(Map<Ear, Answer> answers, boolean cancelled) throws IOException {
        Map<Queue.Listed, String> listed;
        try {
            listed = Queue.listed();
            unanswered = Optional.empty();
        } catch (IOException e) {
            // A controller that starts again knows its jobs afterwards; their files are read meanwhile.
            unanswered = unanswered.or(() -> Optional.of(System.nanoTime()));
            if (System.nanoTime() - unanswered.get() > PATIENCE.toNanos()) {
                throw e;
            }
            return;
        }
        for (JobArray array : arrays) {
            for (Task task : array.tasks()) {
                String number = listed.get(new Queue.Listed(array.name(), task.index()));
                Ear ear = open.get(task);
                if (number != null) {
                    task.listed(number);
                } else if (ear != null && (task.isOver() || task.isMissing(cancelled))) {
                    end(task, ear, answers, cancelled);
                }
            }
        }
    }

    private void end(Task task, Ear ear, Map<Ear, Answer> answers, boolean cancelled) throws IOException {
        answers.put(ear, task.end(ear, context, cancelled));
        open.remove(task);
    }

    /** Takes what is left of them out of the queue; what the cluster does not hear now it is told at the next look. */
    private void endAll() {
        for (JobArray array : arrays) {
            if (!ended.contains(array.name())) {
                try {
                    Queue.end(array.name());
                    ended.add(array.name());
                } catch (IOException e) {
                    return;
                }
            }
        }
    }

    /** Removes the files of arrays that nobody waits for, but for those that tell why a job was lost. */
    private void clear() throws IOException {
        for (JobArray array : List.copyOf(arrays)) {
            if (array.tasks().stream().noneMatch(task -> open.containsKey(task) || orphans.contains(task))) {
                arrays.remove(array);
                if (array.tasks().stream().noneMatch(Task::wasLost)) {
                    array.delete();
                }
            }
        }
    }

    /** Ends what nobody asked for again. */
    synchronized void close() {
        if (!orphans.isEmpty()) {
            endAll();
        }
    }
}
