package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.gans.ConvolutionalGenerator;
import org.obverse.gans.GeneratorNetwork;
import org.obverse.gans.Layout;
import org.obverse.gans.MinibatchDiscriminator;
import org.obverse.networks.Namespace;

/**
 * Trains a generator and a discriminator that learns to agree with the target about public images (Chen et al. 2021). What it makes is of use against this target alone: later stages find the discriminator under {@link
 * #DISCRIMINATOR}.
 *
 * <p>The published code leaves the target in training mode, lets gradients run into its soft labels and updates its
 * running statistics. None of that is offered: through an oracle the target is as it is attacked, fixed.
 */
final class InversionGan implements Preparer, Preflight {
    static final String NAME = "inversion-gan";
    static final String DISCRIMINATOR = "discriminator";

    private static final String GENERATOR = "generator";
    private static final String CLASSES = "classes";

    private final InversionGanSettings settings;
    private final Resources resources;

    InversionGan(InversionGanSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return Layout.misfits(setting.input());
    }

    @Override
    public Made prepare(StageContext context) {
        int classes = context.target(ScoreOracle.class).classes();
        ParameterSource fresh = ParameterSource.fresh(context.random().child("initial"));
        Parameters generator = new Parameters(context.manager(), fresh);
        Parameters discriminator = new Parameters(context.manager(), fresh);
        Layout layout = Layout.of(context.publicImages().shape(), settings.latentSize(), settings.width());
        GeneratorNetwork network = generator(generator, layout);
        MinibatchDiscriminator judge = discriminator(discriminator, layout, classes);
        new InversionGanTraining(settings, resources, network, judge, context).run(generator);
        Map<String, NDArray> tensors = new LinkedHashMap<>(generator.all());
        tensors.putAll(discriminator.all());
        tensors.putAll(layout.tensors(context.manager()));
        tensors.put(CLASSES, context.manager().create(new float[] {classes}));
        return Made.of(tensors);
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        Parameters parameters = new Parameters(resources.manager(), tensors);
        int classes = (int)
                parameters.buffer(CLASSES, new Shape(1), Initial.constant(0)).getFloat(0);
        Layout layout = Layout.stored(parameters, settings.latentSize(), settings.width());
        GeneratorNetwork network = generator(parameters, layout);
        MinibatchDiscriminator judge = discriminator(parameters, layout, classes);
        parameters.requireNothingLeft(NAME);
        return new Prepared(
                new ConvolutionalGenerator(network, Pass.evaluation(resources.random())), Map.of(DISCRIMINATOR, judge));
    }

    private GeneratorNetwork generator(Parameters parameters, Layout layout) {
        return GeneratorNetwork.of(root(parameters).in(GENERATOR), layout);
    }

    private MinibatchDiscriminator discriminator(Parameters parameters, Layout layout, int classes) {
        return MinibatchDiscriminator.of(root(parameters).in(DISCRIMINATOR), layout, settings.minibatch(), classes);
    }

    private Namespace root(Parameters parameters) {
        return Namespace.root(parameters, resources.operators());
    }
}
