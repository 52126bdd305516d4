package org.obverse.cli.estimate;

import java.util.List;

/**
 * What a study would cost.
 *
 * @param workers units that are worked on at once
 * @param elsewhere whether the plan has units performed in other places than the threads of one process
 * @param wall seconds from the beginning to the end, as busy as the machine is now
 * @param free the same if the study had the processors for itself; as {@code wall} where no other work was seen, or that is not known
 * @param kinds in the study's order
 * @param attacks of the cells, each size once
 * @param limits of jobs, by slot, if the plan has units performed by Slurm's; without slots of which a unit could not be timed
 */
public record Estimate(
        String study,
        int cells,
        int workers,
        boolean elsewhere,
        double wall,
        double free,
        List<KindCost> kinds,
        List<AttackSize> attacks,
        List<JobLimits> limits) {
    public Estimate {
        kinds = List.copyOf(kinds);
        attacks = List.copyOf(attacks);
        limits = List.copyOf(limits);
    }

    /**
     * Units of one slot and component.
     *
     * @param toDo that would be made
     * @param reused whose product is stored
     * @param spent on all that would be made and could be timed
     * @param memory the largest peak of the process, in MiB; 0 if nothing is known
     * @param bytes of all products that would be made
     * @param unknown why units of it could not be timed; empty if all could
     */
    public record KindCost(
            String kind, int toDo, int reused, Spent spent, long memory, long bytes, List<String> unknown) {
        public KindCost {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * How much an attack finds.
     *
     * @param samples of all classes together; 0 if that is not known
     */
    public record AttackSize(int classes, int samples) {}

    /** Seconds of a kind, counted as {@link #free} is. */
    double of(KindCost kind) {
        return free < wall ? kind.spent().processor() : kind.spent().wall();
    }

    /** The peak of the process, in MiB; 0 if nothing is known. */
    public long memory() {
        return kinds.stream().mapToLong(KindCost::memory).max().orElse(0);
    }

    public long bytes() {
        return kinds.stream().mapToLong(KindCost::bytes).sum();
    }

    public boolean isComplete() {
        return kinds.stream().allMatch(kind -> kind.unknown().isEmpty());
    }
}
