package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.gans.ClassLayout;
import org.obverse.gans.ConditionalGenerator;
import org.obverse.gans.ConditionalNetwork;
import org.obverse.networks.Namespace;

/**
 * Chooses public images for every class by what the target thinks of them, and trains a conditional GAN on them (Yuan et al. 2023).
 * The artifact holds the choice, {@code pseudo-labels.images} and {@code pseudo-labels.classes}, beside the generator; the discriminator
 * is of no use to later stages and is not kept.
 */
final class PseudoLabelGan implements Preparer, Preflight {
    static final String NAME = "pseudo-label-gan";

    private static final String GENERATOR = "generator";
    private static final String SIZES = "sizes";
    private static final String CHOSEN_IMAGES = "pseudo-labels.images";
    private static final String CHOSEN_CLASSES = "pseudo-labels.classes";

    private final PseudoLabelGanSettings settings;
    private final Resources resources;

    PseudoLabelGan(PseudoLabelGanSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return ClassLayout.misfits(setting.input());
    }

    @Override
    public Made prepare(StageContext context) {
        Images images = context.publicImages();
        Optional<WhiteBox> asked =
                settings.asksInTraining() ? Optional.of(context.target(WhiteBox.class)) : Optional.empty();
        ScoreOracle scores = asked.isPresent() ? asked.get() : context.target(ScoreOracle.class);
        ClassLayout layout = ClassLayout.of(images.shape(), settings.latentSize(), settings.width(), scores.classes());
        PseudoLabels chosen = PseudoLabels.ask(images, settings.perClass(), scores, context);
        ParameterSource fresh = ParameterSource.fresh(context.random().child("initial"));
        Parameters generator = new Parameters(context.manager(), fresh);
        Parameters discriminator = new Parameters(context.manager(), fresh);
        ConditionalNetwork network = ConditionalNetwork.of(root(generator).in(GENERATOR), layout);
        ProjectionDiscriminator judge =
                ProjectionDiscriminator.of(root(discriminator).in("discriminator"), resources.gradients(), layout);
        new HingeTraining(settings, resources, network, judge, asked, context)
                .run(chosen.of(images), generator, discriminator);
        Map<String, NDArray> tensors = new LinkedHashMap<>(generator.all());
        tensors.put(CHOSEN_IMAGES, whole(context.manager(), chosen.images()));
        tensors.put(CHOSEN_CLASSES, whole(context.manager(), chosen.classes()));
        tensors.put(SIZES, layout.sizes(context.manager()));
        return Made.of(tensors);
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        Parameters parameters = new Parameters(resources.manager(), tensors);
        Initial nothing = Initial.constant(0);
        ClassLayout layout = ClassLayout.of(
                parameters.buffer(SIZES, new Shape(3), nothing), settings.latentSize(), settings.width());
        Shape chosen = new Shape((long) layout.classes() * settings.perClass());
        parameters.buffer(CHOSEN_IMAGES, chosen, nothing);
        parameters.buffer(CHOSEN_CLASSES, chosen, nothing);
        ConditionalNetwork network = ConditionalNetwork.of(root(parameters).in(GENERATOR), layout);
        parameters.requireNothingLeft(NAME);
        return new Prepared(new ConditionalGenerator(network, Pass.evaluation(resources.random())), Map.of());
    }

    private static NDArray whole(NDManager manager, List<Integer> numbers) {
        return manager.create(numbers.stream().mapToInt(Integer::intValue).toArray());
    }

    private Namespace root(Parameters parameters) {
        return Namespace.root(parameters, resources.operators());
    }
}
