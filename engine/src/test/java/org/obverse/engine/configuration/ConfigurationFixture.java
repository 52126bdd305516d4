package org.obverse.engine.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;

/** A configuration with a key of every type. */
record ConfigurationFixture(
        @Meaning("how many steps") int steps,
        @Meaning("of every draw") long seed,
        @Meaning("step size") double learningRate,
        @Meaning("what is minimised") Loss loss,
        @Meaning("whether values are clipped") Switch clip,
        @Meaning("decay rates") List<Double> betas,
        @Meaning("random crops") Crop crop,
        @Meaning("where it falls") List<Drop> drops,
        @Meaning("weights by name") Map<String, Double> weights,
        @Meaning("where the file is") String location,
        @Meaning("which entry is taken") NameOrIndex entry,
        @Meaning("the network that learns") Use student)
        implements Checked {
    static final ConfigurationFixture DEFAULTS = new ConfigurationFixture(
            70,
            1,
            0.005,
            Loss.CROSS_ENTROPY,
            Switch.OFF,
            List.of(0.1, 0.1),
            new Crop(0.9, 1),
            List.of(new Drop(30, 0.1)),
            Map.of(),
            "",
            new NameOrIndex.Index(0),
            new Use("linear", Map.of("width", 8, "deep", Map.of("layers", 2, "wide", 3))));

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (steps < 1) {
            problems.add(new Problem("steps", steps + " steps change nothing", "use at least 1"));
        }
        if (learningRate > 1) {
            problems.add(new Problem("learning-rate", learningRate + " is too large", "use at most 1"));
        }
        for (Problem problem : crop.check()) {
            problems.add(problem.under("crop"));
        }
        return problems;
    }

    enum Loss {
        @JsonProperty("poincare")
        POINCARE,
        CROSS_ENTROPY
    }

    enum Switch {
        ON,
        OFF
    }

    record Crop(
            @Meaning("least share") double least,
            @Meaning("most share") double most) implements Checked {
        @Override
        public List<Problem> check() {
            return least <= most
                    ? List.of()
                    : List.of(new Problem("least", least + " is more than " + most, "use at most most"));
        }
    }

    record Drop(
            @Meaning("the step") int at,
            @Meaning("the factor") double factor) {}
}
