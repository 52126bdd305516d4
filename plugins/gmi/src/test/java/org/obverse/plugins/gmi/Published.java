package org.obverse.plugins.gmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Criticized;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.gans.GeneratorNetwork;
import org.obverse.gans.Layout;
import org.obverse.gans.WassersteinCritic;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;

/** The published networks for 32 pixels, narrow and untrained. */
record Published(GeneratorNetwork network, WassersteinCritic critic, Pass pass) implements Criticized {
    static Published of(Workbench bench, Parameters generator, Parameters critic) {
        Layout layout = new Layout(3, 32, 6, 2);
        return new Published(
                GeneratorNetwork.of(Namespace.root(generator, bench.operators()), layout),
                WassersteinCritic.of(Namespace.root(critic, bench.operators()), layout),
                Pass.evaluation(bench.stream(9)));
    }

    @Override
    public int latentSize() {
        return network.layout().latentSize();
    }

    @Override
    public Shape image() {
        return network.layout().image();
    }

    @Override
    public Shape searchSpace() {
        return new Shape(latentSize());
    }

    @Override
    public NDArray locate(NDArray z) {
        return z;
    }

    @Override
    public NDArray generate(NDArray points) {
        return network.images(points, pass);
    }

    @Override
    public NDArray realness(NDArray images) {
        return critic.realness(images, pass);
    }

    @Override
    public int groupSize() {
        return 1;
    }
}
