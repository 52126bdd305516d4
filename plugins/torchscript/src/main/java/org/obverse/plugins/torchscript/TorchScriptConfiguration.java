package org.obverse.plugins.torchscript;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Finished;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/**
 * Which program, and what its images look like. A pixel {@code x} in [-1, 1] becomes {@code (r - mean) / deviation}, where
 * {@code r} is {@code x} in the range.
 */
public record TorchScriptConfiguration(
        @Meaning(
                "file of torch.jit.script(model.eval()).save or of torch.jit.trace, relative to the plan; it is run, so use"
                        + " only what you trust")
        @InputFile
        String file,

        @Meaning("height and width that the program takes, as in [224, 224]; images of another size are resized to it"
                + " (bilinear, antialiased); [] takes images as the data has them")
        List<Integer> size,

        @Meaning(
                "between which numbers the program expects pixels before they are normalised: unit (0 to 1) or symmetric"
                        + " (-1 to 1)")
        PixelRange range,

        @Meaning("taken off each channel: one number, or one per channel; [] takes nothing off")
        List<Double> mean,

        @Meaning("each channel is divided by it afterwards: one number, or one per channel; [] divides by nothing")
        List<Double> deviation,

        @Meaning(
                "which entry holds the logits: of a tuple or list counted from 0, of a dictionary or named tuple by its name")
        NameOrIndex output)
        implements Checked, Finished {
    static final NameOrIndex FIRST = new NameOrIndex.Index(0);
    static final TorchScriptConfiguration DEFAULT =
            new TorchScriptConfiguration("", List.of(), PixelRange.UNIT, List.of(), List.of(), FIRST);

    public TorchScriptConfiguration {
        size = List.copyOf(size);
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!size.isEmpty() && (size.size() != 2 || size.stream().anyMatch(side -> side < 1))) {
            problems.add(new Problem("size", size + " is no height and width", "write size: [224, 224], or []"));
        }
        if (mean.stream().anyMatch(value -> !Double.isFinite(value))) {
            problems.add(new Problem("mean", mean + " must be finite", "write one number per channel, or []"));
        }
        if (deviation.stream().anyMatch(value -> !(value > 0 && Double.isFinite(value)))) {
            problems.add(
                    new Problem("deviation", deviation + " must be positive", "write one number per channel, or []"));
        }
        if (output instanceof NameOrIndex.Index place && place.index() < 0) {
            problems.add(new Problem("output", place + " is no place", "count from 0"));
        }
        return problems;
    }

    ClassifierArchitecture architecture(Resources resources) {
        if (file.isEmpty()) {
            throw new InvalidConfigurationException(
                    new Problem("torchscript", "no file is named", "write { use: torchscript, file: model.pt }"));
        }
        return new TorchScriptArchitecture(this, resources.script(file), resources.gradients());
    }
}
