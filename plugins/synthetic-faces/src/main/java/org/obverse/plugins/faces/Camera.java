package org.obverse.plugins.faces;

import java.util.Arrays;
import org.obverse.api.random.RandomStream;

/**
 * Takes pictures of random people: with z standard normal, u = Φ(z) is what the renderer draws.
 *
 * @param noise standard deviation on each value of a picture, which are in [−1, 1]
 */
record Camera(FaceRenderer renderer, double noise) {
    /**
     * A picture of the person whose 30 identity parameters are the next draws of {@code identity}, under the
     * circumstances (15 nuisance parameters, then the noise of each value) that are the next draws of {@code sample}.
     * Both may be the same stream.
     */
    float[] picture(RandomStream identity, RandomStream sample) {
        float[] z = Arrays.copyOf(identity.gaussians(FaceParameter.IDENTITY_COUNT), FaceParameter.COUNT);
        float[] nuisance = sample.gaussians(FaceParameter.COUNT - FaceParameter.IDENTITY_COUNT);
        System.arraycopy(nuisance, 0, z, FaceParameter.IDENTITY_COUNT, nuisance.length);
        float[] u = uniform(z);
        return noise == 0 ? renderer.render(u) : renderer.render(u, noise, sample::gaussian);
    }

    private static float[] uniform(float[] z) {
        float[] u = new float[z.length];
        for (int i = 0; i < z.length; i++) {
            u[i] = (float) Phi.of(z[i]);
        }
        return u;
    }
}
