package org.obverse.plugins.toy2d;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Part;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.toy2d.Blobs;
import org.obverse.toy2d.PerceptronArchitecture;

/** The table of contents of this jar. */
public final class Toy2dPlugin implements Plugin {
    private static final String PAPER = " (Struppek et al. 2024, arXiv 2310.06549, Figure 1).";

    @Override
    public String id() {
        return "toy2d";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(data(), network(), plane(), start(), descent(), attack(), route());
    }

    private static Component<BlobSettings, ?> data() {
        return new Component<>(
                Kind.DATASET,
                "toy2d-blobs",
                "Points around three centres in the plane, one class each" + PAPER,
                BlobSettings.DEFAULT,
                (blobs, resources) -> Blobs.draw(blobs.seed(), blobs.points(), blobs.deviation()));
    }

    private static Component<PerceptronSettings, ?> network() {
        return new Component<>(
                Kind.CLASSIFIER,
                "toy2d-mlp",
                "Two hidden layers of 20 units with batch normalisation" + PAPER,
                PerceptronSettings.DEFAULT,
                (network, resources) -> new PerceptronArchitecture(network.seed(), resources.operators()));
    }

    private static Component<Nothing, ?> plane() {
        return new Component<>(
                Kind.GENERATOR,
                "toy2d-plane",
                "No prior: the search space is the plane, and the image of a point is the point" + PAPER,
                new Nothing(),
                (nothing, resources) -> new PlaneArchitecture());
    }

    private static Component<StartPoint, ?> start() {
        return new Component<>(
                Kind.SAMPLER,
                "toy2d-start",
                "Starts every class at the same point of the plane" + PAPER,
                StartPoint.DEFAULT,
                start -> Requirements.none().generator(PlaneGenerator.class),
                (start, resources) -> new StartSampler(start));
    }

    private static Component<Descent, ?> descent() {
        return new Component<>(
                Kind.OPTIMIZER,
                "toy2d-descent",
                "Gradient descent on the cross-entropy until the target is confident" + PAPER,
                Descent.DEFAULT,
                descent -> Requirements.none().access(WhiteBox.class).generator(PlaneGenerator.class),
                DescentOptimizer::new);
    }

    private static Component<Nothing, ?> attack() {
        return new Component<>(
                Kind.ATTACK,
                "toy2d",
                "Gradient descent from a fixed point of the plane" + PAPER,
                new Nothing(),
                (nothing, resources) -> new Attack(
                        Map.of(Stage.SAMPLE, Use.of("toy2d-start"), Stage.OPTIMIZE, Use.of("toy2d-descent"))));
    }

    private static Component<RouteSettings, ?> route() {
        return new Component<>(
                Kind.METRIC,
                "toy2d-route",
                "How long the route was, how far from the private points it ended, and a picture of it" + PAPER,
                RouteSettings.DEFAULT,
                settings -> Requirements.none().data(Part.TRAINING).reads(Requirements.Reading.TARGET),
                (settings, resources) -> new RouteMetric(settings));
    }
}
