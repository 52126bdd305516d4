package org.obverse.plugins.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders that wait in the queue together. Its folder has the name by which the queue knows it.
 *
 * @param tasks by index, from 0
 */
record JobArray(Path folder, List<Task> tasks) {
    private static final String SCRIPT = "job.sh";
    private static final String ORDER = ".order";

    JobArray {
        tasks = List.copyOf(tasks);
    }

    /** Writes nothing yet. */
    static JobArray of(Path folder, List<String> lines) {
        List<Task> tasks = new ArrayList<>();
        lines.forEach(line -> tasks.add(new Task(folder, tasks.size(), line)));
        return new JobArray(folder, tasks);
    }

    /** What an earlier driver left, all of it written. */
    static JobArray read(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        while (Files.exists(folder.resolve(lines.size() + ORDER))) {
            lines.add(Files.readString(folder.resolve(lines.size() + ORDER)).strip());
        }
        return of(folder, lines);
    }

    String name() {
        return folder.getFileName().toString();
    }

    /**
     * Writes orders and script.
     *
     * @param request further options of sbatch
     * @param worker a command that performs what its input orders, and ends
     * @return the script
     */
    Path write(List<String> request, List<String> worker) throws IOException {
        Files.createDirectories(folder);
        for (Task task : tasks) {
            task.write();
        }
        List<String> script = new ArrayList<>();
        script.add("#!/bin/sh");
        script.add("#SBATCH --job-name=" + name());
        script.add("#SBATCH --array=0-" + (tasks.size() - 1));
        script.add("#SBATCH --requeue");
        script.add("#SBATCH --output=/dev/null");
        request.forEach(option -> script.add("#SBATCH " + option));
        // The worker hears of TERM, too, and answers; what it said is then written down as always.
        script.add("trap : TERM");
        script.add("task=" + quoted(folder.toString()) + "/$SLURM_ARRAY_TASK_ID");
        script.add("again=${SLURM_RESTART_COUNT:-0}");
        script.add("echo \"$again\" > \"$task.try\"");
        script.add("try=$task.$again");
        script.add(worker.stream().map(JobArray::quoted).collect(Collectors.joining(" "))
                + " < \"$task.order\" > \"$try.said\" 2> \"$try.log\"");
        script.add("echo $? > \"$try.ending\"");
        script.add("mv \"$try.ending\" \"$try.end\"");
        return Files.write(folder.resolve(SCRIPT), script);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Removes its files. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
