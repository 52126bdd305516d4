package org.obverse.plugins.stylegan2;

/** Configurations for tests, spelled by what differs from the defaults. Weights include a discriminator. */
record Settings(StyleGan2 settings) {
    static Settings of(StyleGan2 settings) {
        return new Settings(settings);
    }

    static Settings of(int resolution) {
        StyleGan2 d = StyleGan2.DEFAULT;
        return new Settings(new StyleGan2(
                "file",
                resolution,
                d.latentSize(),
                d.styleSize(),
                d.conditions(),
                d.mappingLayers(),
                d.channelBase(),
                d.channelMax(),
                d.convClamp(),
                d.noise(),
                d.precision(),
                Critic.INCLUDED,
                d.groupSize(),
                d.training()));
    }

    Settings weights(String weights) {
        StyleGan2 s = settings;
        return make(weights, s.latentSize(), s.styleSize(), s.conditions(), s.mappingLayers(), s.noise());
    }

    Settings latent(int size) {
        StyleGan2 s = settings;
        return make(s.weights(), size, s.styleSize(), s.conditions(), s.mappingLayers(), s.noise());
    }

    Settings style(int size) {
        StyleGan2 s = settings;
        return make(s.weights(), s.latentSize(), size, s.conditions(), s.mappingLayers(), s.noise());
    }

    Settings conditions(int count) {
        StyleGan2 s = settings;
        return make(s.weights(), s.latentSize(), s.styleSize(), count, s.mappingLayers(), s.noise());
    }

    Settings mapping(int layers) {
        StyleGan2 s = settings;
        return make(s.weights(), s.latentSize(), s.styleSize(), s.conditions(), layers, s.noise());
    }

    Settings noise(Noise noise) {
        StyleGan2 s = settings;
        return make(s.weights(), s.latentSize(), s.styleSize(), s.conditions(), s.mappingLayers(), noise);
    }

    private Settings make(String weights, int latent, int style, int conditions, int layers, Noise noise) {
        StyleGan2 s = settings;
        return new Settings(new StyleGan2(
                weights,
                s.resolution(),
                latent,
                style,
                conditions,
                layers,
                s.channelBase(),
                s.channelMax(),
                s.convClamp(),
                noise,
                s.precision(),
                s.discriminator(),
                s.groupSize(),
                s.training()));
    }

    Settings precision(Precision precision) {
        StyleGan2 s = settings;
        return new Settings(new StyleGan2(
                s.weights(),
                s.resolution(),
                s.latentSize(),
                s.styleSize(),
                s.conditions(),
                s.mappingLayers(),
                s.channelBase(),
                s.channelMax(),
                s.convClamp(),
                s.noise(),
                precision,
                s.discriminator(),
                s.groupSize(),
                s.training()));
    }

    Settings channels(int base, int max) {
        return make(base, max, settings.convClamp(), settings.discriminator(), settings.training());
    }

    Settings clamp(double bound) {
        return make(
                settings.channelBase(), settings.channelMax(), bound, settings.discriminator(), settings.training());
    }

    Settings discriminator(Critic critic) {
        return make(settings.channelBase(), settings.channelMax(), settings.convClamp(), critic, settings.training());
    }

    Settings training(GeneratorTraining training) {
        return make(
                settings.channelBase(),
                settings.channelMax(),
                settings.convClamp(),
                settings.discriminator(),
                training);
    }

    private Settings make(int base, int max, double clamp, Critic critic, GeneratorTraining training) {
        StyleGan2 s = settings;
        return new Settings(new StyleGan2(
                s.weights(),
                s.resolution(),
                s.latentSize(),
                s.styleSize(),
                s.conditions(),
                s.mappingLayers(),
                base,
                max,
                clamp,
                s.noise(),
                s.precision(),
                critic,
                s.groupSize(),
                training));
    }
}
