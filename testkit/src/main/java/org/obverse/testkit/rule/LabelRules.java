package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;

/** Rules for the label encoder of a defense. */
final class LabelRules {
    private static final double TOLERANCE = 1e-5;

    /** Changes of the strength that labels in float32 show, and changes that they do not. */
    private static final double VISIBLE = 1e-3;

    private static final double NONE = 1e-12;

    private LabelRules() {}

    static List<Rule<Defense>> rules() {
        return List.of(
                Rule.must(
                        "label-rows-sum-to-one",
                        "In every epoch each label becomes one row with an entry per class, and the entries sum to 1.",
                        "LabelEncoder.encode: what the label's own class loses, the others share",
                        LabelRules::rowsSumToOne),
                Rule.must(
                        "labels-follow-their-schedule",
                        "Labels change where the schedule's value does, and are the same where it is the same.",
                        "LabelEncoder.schedule, the strength with which LabelEncoder.encode works in that epoch",
                        LabelRules::labelsFollowTheirSchedule));
    }

    /** Labels in one epoch. */
    private record Labels(Epoch epoch, double strength, NDArray rows) {}

    private static void rowsSumToOne(Subject<Defense> subject) {
        int classes = subject.bench().data().classes();
        for (Labels labels : labels(subject)) {
            unless(
                    labels.rows().getShape().equals(new Shape(classes, classes)),
                    "%d labels of %d classes become %s",
                    classes,
                    classes,
                    labels.rows().getShape());
            double gap = labels.rows().sum(new int[] {1}).sub(1).abs().max().getFloat();
            unless(gap <= TOLERANCE, "in %s the sum of a row is %.2g from 1", labels.epoch(), gap);
        }
    }

    private static void labelsFollowTheirSchedule(Subject<Defense> subject) {
        List<Labels> all = labels(subject);
        for (Labels one : all) {
            for (Labels other : all) {
                double step = Math.abs(one.strength() - other.strength());
                double change = one.rows().sub(other.rows()).abs().max().getFloat();
                unless(
                        step > NONE || change <= TOLERANCE,
                        "the schedule has %s in %s and in %s, but labels differ by %.2g",
                        one.strength(),
                        one.epoch(),
                        other.epoch(),
                        change);
                unless(
                        step < VISIBLE || change > 0,
                        "the schedule has %s in %s and %s in %s, but labels are the same",
                        one.strength(),
                        one.epoch(),
                        other.strength(),
                        other.epoch());
            }
        }
    }

    /** One label of each class, in every epoch of a short and a longer training. */
    private static List<Labels> labels(Subject<Defense> subject) {
        LabelEncoder encoder = new Defended(subject, subject.chosen())
                .parts().stream()
                        .filter(LabelEncoder.class::isInstance)
                        .map(LabelEncoder.class::cast)
                        .findFirst()
                        .orElseThrow(() -> new BesideThePoint("it has no LabelEncoder"));
        int classes = subject.bench().data().classes();
        List<Labels> all = new ArrayList<>();
        NDManager manager = subject.manager();
        try (NDScope scope = new NDScope()) {
            NDArray each = manager.create(LongStream.range(0, classes).toArray());
            for (int epochs : new int[] {subject.bench().layout().epochs(), 20}) {
                for (int index = 0; index < epochs; index++) {
                    Epoch epoch = new Epoch(index, epochs);
                    NDArray rows = encoder.encode(each, classes, epoch);
                    NDScope.unregister(rows);
                    all.add(new Labels(epoch, encoder.schedule().value(epoch), rows));
                }
            }
        }
        return all;
    }
}
