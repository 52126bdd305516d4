package org.obverse.plugins.wgan;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.gans.ConvolutionalGenerator;
import org.obverse.gans.GeneratorNetwork;
import org.obverse.gans.Layout;
import org.obverse.gans.WassersteinCritic;
import org.obverse.gans.WassersteinTraining;
import org.obverse.gans.WassersteinTraining.Trained;
import org.obverse.networks.Namespace;

/**
 * Trains a generator and its critic on public images, without ever asking the target (Zhang et al. 2020). GMI needs the
 * critic; BREP-MI (Kahla et al. 2022) searches the generator alone.
 */
final class WganGp implements Preparer, Preflight {
    static final String NAME = "wgan-gp";

    private static final String GENERATOR = "generator";
    private static final String CRITIC = "critic";

    private final WganSettings settings;
    private final Resources resources;

    WganGp(WganSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return Layout.misfits(setting.input());
    }

    @Override
    public Made prepare(StageContext context) {
        Images images = context.publicImages();
        Layout layout = Layout.of(images.shape(), settings.latentSize(), settings.width());
        Trained trained = new WassersteinTraining(resources, layout, settings.training(), settings.penalty())
                .run(images, context.manager(), context);
        Map<String, NDArray> tensors = new LinkedHashMap<>(layout.tensors(context.manager()));
        trained.generator().all().forEach((name, tensor) -> tensors.put(GENERATOR + "." + name, tensor));
        trained.critic().all().forEach((name, tensor) -> tensors.put(CRITIC + "." + name, tensor));
        return Made.of(tensors);
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        Parameters parameters = new Parameters(resources.manager(), tensors);
        Layout layout = Layout.stored(parameters, settings.latentSize(), settings.width());
        Namespace root = Namespace.root(parameters, resources.operators());
        GeneratorNetwork network = GeneratorNetwork.of(root.in(GENERATOR), layout);
        WassersteinCritic critic = WassersteinCritic.of(root.in(CRITIC), layout);
        parameters.requireNothingLeft(NAME);
        ConvolutionalGenerator generator = new ConvolutionalGenerator(network, Pass.evaluation(resources.random()));
        return new Prepared(new CriticizedGenerator(generator, critic), Map.of());
    }
}
