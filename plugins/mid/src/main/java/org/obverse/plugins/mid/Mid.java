package org.obverse.plugins.mid;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Operators;

/** How narrow the bottleneck is, and what it costs to send something through it. */
public record Mid(
        @Meaning("factor of the bottleneck's divergence in the loss (Struppek et al. 2024: 0.001, 0.005, 0.01); 0 keeps"
                + " the bottleneck and asks nothing of it")
        double weight,

        @Meaning("numbers that pass the bottleneck; half of the features is usual, and 1024 is half of a ResNet-152's")
        int bottleneck,

        @Meaning("after training: sample (noise in each answer, as published) or mean (none)")
        InferenceNoise inferenceNoise)
        implements Checked {
    /** Struppek et al. 2024: λ of table 1, k of appendix B.5, noise as in the published code. */
    public static final Mid DEFAULT = new Mid(0.005, 1024, InferenceNoise.SAMPLE);

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(weight >= 0 && Double.isFinite(weight))) {
            problems.add(new Problem(
                    "weight",
                    weight + " would reward the bottleneck for what it lets through",
                    "use 0 or a positive value, such as 0.005"));
        }
        if (bottleneck < 1) {
            problems.add(new Problem(
                    "bottleneck",
                    "nothing passes a bottleneck of " + bottleneck,
                    "use at least 1; half of the classifier's features is usual"));
        }
        return problems;
    }

    Defense defense(Operators operators) {
        return () -> List.of(
                new BottleneckTransform(Bottleneck.of(bottleneck, inferenceNoise, operators)),
                new BottleneckDivergence(weight));
    }
}
