package org.obverse.cli.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.obverse.engine.graph.Provisional.Length;
import org.obverse.engine.trial.Watch;

/**
 * How fast the work on a unit goes. It may go on for some seconds, and for as long as it tells too little of itself up to a minute; where
 * its steps are known, no farther than the time before, so that what is read for the first time makes no difference.
 * Its length is that of what was seen, and of the rest at the pace of the later half of that: what is slow in the beginning, such as
 * the first batch, counts once.
 */
final class Pace implements Watch {
    private static final double PATIENCE = 60;
    /** As many tell where the later half begins, and how long a step takes in it. */
    private static final int FEWEST_MARKS = 3;
    /** Native code warms up over several steps. */
    private static final int WANTED_MARKS = 12;

    private final Stopwatch clock;
    private final double seconds;
    private final List<Mark> marks = new ArrayList<>();
    private Spent began;
    private final long mostSteps;
    private Length length = Length.UNKNOWN;
    private long asked;
    private Optional<Spent> whole = Optional.empty();

    /** That so much of the whole was done, as a share, when so much was spent. */
    private record Mark(Spent spent, double share) {}

    /**
     * @param clock of the thread that works
     * @param seconds of the wall that the work may go on if it tells enough of itself
     */
    Pace(Stopwatch clock, double seconds) {
        this(clock, seconds, Long.MAX_VALUE);
    }

    private Pace(Stopwatch clock, double seconds, long mostSteps) {
        this.clock = clock;
        this.seconds = seconds;
        this.mostSteps = mostSteps;
        this.began = clock.now();
    }

    /** Of the same work once more. */
    Pace again(double mostSeconds) {
        return new Pace(clock, mostSeconds, asked > 0 && whole.isEmpty() ? asked : Long.MAX_VALUE);
    }

    @Override
    public void begun(Length toDo) {
        length = toDo;
        began = clock.now();
    }

    @Override
    public boolean goesOn() {
        if (length.steps() > 0) {
            mark(asked++, length.whole());
        }
        double wall = spent().wall();
        boolean isEnough = marks.size() >= WANTED_MARKS && wall >= seconds;
        return !isEnough && asked < mostSteps && wall < PATIENCE;
    }

    @Override
    public void progress(long done, long total) {
        if (length.steps() == 0) {
            mark(done, total);
        }
    }

    private void mark(long done, long total) {
        double share = (double) done / total;
        if (!marks.isEmpty() && marks.get(marks.size() - 1).share() >= share) {
            // Another stretch of the same unit begins, of which alone is known how far it is.
            marks.clear();
        }
        marks.add(new Mark(spent(), share));
    }

    @Override
    public void finished() {
        whole = Optional.of(spent());
    }

    private Spent spent() {
        return clock.now().plus(began, -1);
    }

    /** What the first round takes that others do not, if the same work went at another pace the second time. */
    Spent beyond(Spent again) {
        boolean isKnown = whole.isPresent() || length.steps() > 0;
        double rounds = whole.isPresent() ? 1 : length.rounds();
        Spent more = isKnown ? length().orElse(again).beyond(again) : Spent.NOTHING;
        return Spent.NOTHING.plus(more, 1 / rounds);
    }

    /** What the whole unit takes; nothing if it did not end and told too little of itself. */
    Optional<Spent> length() {
        if (whole.isPresent() || marks.size() < FEWEST_MARKS) {
            return whole;
        }
        Mark last = marks.get(marks.size() - 1);
        Mark middle = marks.get(0);
        for (Mark mark : marks.subList(0, marks.size() - 1)) {
            if (mark.spent().wall() <= last.spent().wall() / 2) {
                middle = mark;
            }
        }
        double rest = (1 - last.share()) / (last.share() - middle.share());
        return Optional.of(last.spent().plus(last.spent().plus(middle.spent(), -1), rest));
    }
}
