package org.obverse.plugins.controls;

import java.util.List;
import org.obverse.api.control.Control;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;

/** Controls of every attack that delivers candidates. */
public final class ControlsPlugin implements Plugin {
    /** No key. */
    record Nothing() {}

    static final Component<PriorSettings, Control> PRIOR = new Component<>(
            Kind.CONTROL,
            "prior",
            "Null: first draws of the attack's generator, the target never asked. Is it the generator alone?",
            PriorSettings.DEFAULT,
            settings -> drawing(settings.truncationPsi()),
            (settings, resources) -> new Prior(settings));

    static final Component<BestSettings, Control> BEST_OF_N = new Component<>(
            Kind.CONTROL,
            "best-of-n",
            "Null: of as many draws of the generator as the attack asked questions, those that the target takes for each class"
                    + " most surely. Is it the search, or the budget?",
            BestSettings.DEFAULT,
            settings -> drawing(settings.truncationPsi())
                    .access(ScoreOracle.class)
                    .reads(Reading.QUERIES)
                    .reads(Reading.VIEW),
            (settings, resources) -> new BestOfN(settings));

    static final Component<Nothing, Control> WRONG_LABEL = new Component<>(
            Kind.CONTROL,
            "wrong-label",
            "Null: what the attack found for one class, judged as another one. What is chance under this judge?",
            new Nothing(),
            nothing -> Requirements.none().reads(Reading.CANDIDATES),
            (nothing, resources) -> new WrongLabel());

    static final Component<Nothing, Control> REAL = new Component<>(
            Kind.CONTROL,
            "real",
            "Ceiling: held-out private images of the attacked classes.",
            new Nothing(),
            nothing -> Requirements.none().reads(Reading.DELIVERED).data(Part.TEST),
            (nothing, resources) -> new Real());

    static final Component<ProjectionSettings, Control> PROJECTION = new Component<>(
            Kind.CONTROL,
            "projection",
            "Ceiling: held-out private images as the attack's generator comes nearest to them. Is it the search, or the prior?",
            ProjectionSettings.DEFAULT,
            ControlsPlugin::projecting,
            Projection::of);

    static final Component<Nothing, Control> NEAREST_PUBLIC = new Component<>(
            Kind.CONTROL,
            "nearest-public",
            "Null: the public images that the target takes for each class most surely. Is it retrieval?",
            new Nothing(),
            nothing -> Requirements.none()
                    .reads(Reading.DELIVERED)
                    .access(ScoreOracle.class)
                    .data(Part.PUBLIC),
            (nothing, resources) -> new NearestPublic());

    private static Requirements projecting(ProjectionSettings settings) {
        Requirements needs = Requirements.none()
                .reads(Reading.DELIVERED)
                .reads(Reading.VIEW)
                .generator(Generator.class)
                .data(Part.TEST);
        for (int i = 0; i < settings.features().size(); i++) {
            needs = needs.part(
                    "features." + i, Kind.CLASSIFIER, settings.features().get(i));
        }
        return needs;
    }

    private static Requirements drawing(double truncationPsi) {
        return Requirements.none()
                .reads(Reading.DELIVERED)
                .generator(truncationPsi == PriorSettings.WHOLE ? Generator.class : Mapped.class);
    }

    @Override
    public String id() {
        return "controls";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(PRIOR, BEST_OF_N, WRONG_LABEL, REAL, PROJECTION, NEAREST_PUBLIC);
    }
}
