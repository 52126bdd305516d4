package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Gradients;

/** A program that was loaded, before the data's shape and classes are known. */
record TorchScriptArchitecture(TorchScriptConfiguration settings, ScriptedModule module, Gradients gradients)
        implements ClassifierArchitecture {
    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        requireNormalisable(input);
        NDManager manager = parameters.manager();
        NDArray factor = perChannel(manager, input, c -> settings.range().factor / deviation(c));
        NDArray offset = perChannel(manager, input, c -> (settings.range().offset - mean(c)) / deviation(c));
        List<Integer> size =
                settings.size().isEmpty() ? List.of((int) input.get(1), (int) input.get(2)) : settings.size();
        Normalisation normalisation = new Normalisation(size.get(0), size.get(1), factor, offset);
        Program program = new Program(settings, input, classes, normalisation, module);
        Trial trial = new Trial(program, gradients);
        trial.judge(manager);
        return new TorchScriptClassifier(program, parameters, trial.findsGradient(manager));
    }

    private void requireNormalisable(Shape input) {
        if (input.dimension() != 3) {
            throw new InvalidConfigurationException(new Problem(
                    settings.file(), "takes images, and the data has " + input, "use a data set of images"));
        }
        List<Problem> problems = new ArrayList<>();
        check("mean", settings.mean(), input.get(0), problems);
        check("deviation", settings.deviation(), input.get(0), problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private void check(String key, List<Double> values, long channels, List<Problem> problems) {
        if (values.size() > 1 && values.size() != channels) {
            problems.add(new Problem(
                    settings.file(),
                    key + ": " + values.size() + " numbers do not fit images of " + channels + " channels",
                    "write one number, or one per channel"));
        }
    }

    private double mean(int channel) {
        return of(settings.mean(), channel, 0);
    }

    private double deviation(int channel) {
        return of(settings.deviation(), channel, 1);
    }

    private static double of(List<Double> values, int channel, double otherwise) {
        return values.isEmpty() ? otherwise : values.get(values.size() == 1 ? 0 : channel);
    }

    private interface ByChannel {
        double value(int channel);
    }

    private static NDArray perChannel(NDManager manager, Shape input, ByChannel formula) {
        float[] values = new float[Math.toIntExact(input.get(0))];
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) formula.value(c);
        }
        return manager.create(values, new Shape(1, values.length, 1, 1));
    }
}
