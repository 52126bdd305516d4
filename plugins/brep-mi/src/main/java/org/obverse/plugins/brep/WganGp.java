package org.obverse.plugins.brep;

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
import org.obverse.gans.WassersteinTraining;
import org.obverse.networks.Namespace;

/** Trains a generator on public images, without ever asking the target (Kahla et al. 2022, after Zhang et al. 2020). */
final class WganGp implements Preparer, Preflight {
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
    public Map<String, NDArray> prepare(StageContext context) {
        Images images = context.publicImages();
        Layout layout = Layout.of(images.shape(), settings.latentSize(), settings.width());
        Map<String, NDArray> tensors =
                new LinkedHashMap<>(new WassersteinTraining(resources, layout, settings.training(), settings.penalty())
                        .run(images, context.manager(), context)
                        .all());
        tensors.putAll(layout.tensors(context.manager()));
        return tensors;
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        Parameters parameters = new Parameters(resources.manager(), tensors);
        Layout layout = Layout.stored(parameters, settings.latentSize(), settings.width());
        GeneratorNetwork network = GeneratorNetwork.of(Namespace.root(parameters, resources.operators()), layout);
        parameters.requireNothingLeft("wgan-gp");
        return new Prepared(new ConvolutionalGenerator(network, Pass.evaluation(resources.random())), Map.of());
    }
}
