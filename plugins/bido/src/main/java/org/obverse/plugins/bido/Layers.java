package org.obverse.plugins.bido;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.obverse.api.plugin.Problem;

/**
 * What both components configure: the activations, their weights, and the width of the Gaussian kernels.
 *
 * @param inputWeight λx
 * @param labelWeight λy
 */
record Layers(List<String> taps, double inputWeight, double labelWeight, double sigma) {
    Layers {
        taps = List.copyOf(taps);
    }

    List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (taps.isEmpty()) {
            problems.add(new Problem(
                    "taps",
                    "without activations nothing is added to the loss",
                    "name the outputs of the target's stages, such as [stage1, stage2, stage3], or drop the defense"));
        }
        if (new LinkedHashSet<>(taps).size() < taps.size()) {
            problems.add(new Problem("taps", taps + " names an activation twice", "name each once"));
        }
        weight("input-weight", inputWeight, problems);
        weight("label-weight", labelWeight, problems);
        if (!(sigma > 0 && Double.isFinite(sigma))) {
            problems.add(new Problem("sigma", sigma + " is no width of a kernel", "use a positive value, such as 5"));
        }
        return problems;
    }

    private static void weight(String key, double weight, List<Problem> problems) {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            problems.add(new Problem(
                    key,
                    weight + " would turn the defense around",
                    "use 0 or a positive value: the sign is part of the loss"));
        }
    }
}
