package org.obverse.plugins.filters;

import java.util.List;
import java.util.function.Function;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class OutputFiltersPlugin implements Plugin {
    @Override
    public String id() {
        return "output-filters";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                filter(
                        "label-only",
                        "Answers with the predicted class and nothing else (Shokri et al. 2017, arXiv 1610.05820,"
                                + " section VIII).",
                        LabelOnly.DEFAULT,
                        configuration -> new LabelFilter()),
                filter(
                        "top-k",
                        "Answers with the scores of the k likeliest classes; what is left is spread evenly over the"
                                + " others (Shokri et al. 2017, arXiv 1610.05820, section VIII).",
                        TopK.DEFAULT,
                        configuration -> new TopFilter(configuration.k())),
                filter(
                        "rounding",
                        "Answers with scores rounded to some decimals (Fredrikson et al. 2015; Shokri et al. 2017,"
                                + " arXiv 1610.05820, section VIII).",
                        Rounding.DEFAULT,
                        configuration -> new RoundingFilter(configuration.decimals())),
                filter(
                        "temperature",
                        "Answers with the softmax of logits that are divided by a temperature (Shokri et al. 2017,"
                                + " arXiv 1610.05820, section VIII).",
                        Temperature.DEFAULT,
                        configuration -> new TemperatureFilter(configuration.temperature())),
                filter(
                        "output-noise",
                        "Adds Gaussian noise to the logits, drawn anew for every query.",
                        OutputNoise.DEFAULT,
                        configuration -> new NoiseFilter(configuration.sigma())));
    }

    private static <C extends Record> Component<C, Defense> filter(
            String name, String description, C defaults, Function<C, OutputFilter> filter) {
        return new Component<>(
                Kind.DEFENSE,
                name,
                description,
                defaults,
                (configuration, resources) -> () -> List.of(filter.apply(configuration)));
    }
}
