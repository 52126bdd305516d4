package org.obverse.plugins.slurm;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** The keys of {@code slurm}. */
record Jobs(
        @Meaning("orders that wait in the queue or are at work at once")
        int count,

        @Meaning("the slots whose units become jobs, such as target, reference and optimize; all if empty")
        List<String> slots,

        @Meaning("GPUs of each job; none for 0") int gpus,

        @Meaning("memory of a job as sbatch reads it, such as 8G; the cluster's default if empty")
        String memory,

        @Meaning("wall clock of a job as sbatch reads it, such as 2:30:00; the cluster's default if empty")
        String time,

        @Meaning("other memory and time for units of one slot, as the first word of estimate's lines calls it")
        List<Limits> limits,

        @Meaning("more options of sbatch, such as --partition=gpu and --account=mine")
        List<String> options)
        implements Checked {
    static final Jobs DEFAULT = new Jobs(16, List.of(), 1, "", "", List.of(), List.of());

    private static final String MEMORY = "(\\d{1,9}[KMGT]?)?";
    private static final String TIME = "(\\d{1,6}(:\\d{1,2}){0,2}|\\d{1,4}-\\d{1,2}(:\\d{1,2}){0,2})?";

    /**
     * Of the units of a slot.
     *
     * @param slot such as {@code target} or {@code optimize}
     * @param memory as {@link Jobs#memory}
     * @param time as {@link Jobs#time}
     */
    record Limits(
            @Meaning("such as target or optimize") String slot,

            @Meaning("as sbatch reads it; as for other units if empty")
            String memory,

            @Meaning("as sbatch reads it; as for other units if empty")
            String time) {}

    Jobs {
        slots = List.copyOf(slots);
        limits = List.copyOf(limits);
        options = List.copyOf(options);
    }

    @Override
    public List<Problem> check() {
        Problems problems = new Problems().atLeast(1, "count", count).atLeast(0, "gpus", gpus);
        check(problems, "", memory, time);
        for (int i = 0; i < limits.size(); i++) {
            check(
                    problems,
                    "limits." + i + ".",
                    limits.get(i).memory(),
                    limits.get(i).time());
        }
        for (int i = 0; i < options.size(); i++) {
            problems.require(
                    options.get(i).matches("-\\p{Graph}+"),
                    "options." + i,
                    "'" + options.get(i) + "' is no option of sbatch",
                    "write it as one word that begins with -, such as --partition=gpu");
        }
        return problems.list();
    }

    private static void check(Problems problems, String key, String memory, String time) {
        problems.require(
                memory.matches(MEMORY),
                key + "memory",
                "'" + memory + "' is no memory",
                "write a number with K, M, G or T, such as 8G");
        problems.require(
                time.matches(TIME),
                key + "time",
                "'" + time + "' is no time",
                "write minutes, hours:minutes:seconds or days-hours, such as 2:30:00");
    }

    boolean takes(String slot) {
        return slots.isEmpty() || slots.contains(slot);
    }

    /** What sbatch is asked for a job whose units are of the slot. */
    List<String> request(String slot) {
        Limits own = limits.stream()
                .filter(limit -> limit.slot().equals(slot))
                .findFirst()
                .orElse(new Limits(slot, "", ""));
        List<String> request = new ArrayList<>();
        if (gpus > 0) {
            request.add("--gres=gpu:" + gpus);
        }
        add(request, "--mem=", own.memory().isEmpty() ? memory : own.memory());
        add(request, "--time=", own.time().isEmpty() ? time : own.time());
        request.addAll(options);
        return request;
    }

    private static void add(List<String> request, String option, String value) {
        if (!value.isEmpty()) {
            request.add(option + value);
        }
    }
}
