package org.obverse.plugins.pixels;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Stage;
import org.obverse.api.control.Control;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Trait;
import org.obverse.api.plugin.Use;

/** The attack {@code pixel-descent}, the stages that it is made of, and the control of that name. */
public final class PixelPlugin implements Plugin {
    private static final String PAPER = " (Fredrikson et al., CCS 2015).";

    static final Component<StartSettings, Attack> PIXELS = new Component<>(
            Kind.ATTACK,
            "pixel-descent",
            "Gradient descent on pixels, without a generator: what an attack finds that knows nothing of faces" + PAPER,
            StartSettings.DEFAULT,
            (settings, resources) -> recipe(settings));

    static final Component<StartSettings, Sampler> START = new Component<>(
            Kind.SAMPLER,
            PlainImages.NAME,
            "Grey images or noise, of the target's input size" + PAPER,
            StartSettings.DEFAULT,
            settings -> Requirements.none().access(LabelOracle.class).candidates(settings.candidates()),
            (settings, resources) -> new PlainImages(settings));

    static final Component<DescentSettings, Optimizer> DESCENT = new Component<>(
            Kind.OPTIMIZER,
            PixelDescent.NAME,
            "Gradient descent on the pixels of each candidate, which stay in [-1, 1]" + PAPER,
            DescentSettings.DEFAULT,
            PixelPlugin::needs,
            PixelDescent::new);

    static final Component<DescentSettings, Control> ADVERSARIAL = new Component<>(
            Kind.CONTROL,
            PixelDescent.NAME,
            "Null: gradient descent on pixels from grey, without a prior. A judge that recognises these recognises adversarial examples"
                    + PAPER,
            DescentSettings.of(AdversarialImages.STEPS),
            PixelPlugin::needs,
            AdversarialImages::new);

    private static Requirements needs(DescentSettings settings) {
        return Requirements.none()
                .access(WhiteBox.class)
                .part("loss", Kind.IDENTITY_LOSS, settings.loss())
                .trait(Trait.MOVES_NO_POINTS);
    }

    @Override
    public String id() {
        return "pixel-descent";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(PIXELS, START, DESCENT, ADVERSARIAL);
    }

    private static Attack recipe(StartSettings settings) {
        return new Attack(Map.of(
                Stage.SAMPLE,
                new Use(PlainImages.NAME, Map.of("start", settings.start(), "candidates", settings.candidates())),
                Stage.OPTIMIZE,
                Use.of(PixelDescent.NAME)));
    }
}
