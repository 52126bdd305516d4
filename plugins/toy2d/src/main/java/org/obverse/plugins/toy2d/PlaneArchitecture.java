package org.obverse.plugins.toy2d;

import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Parameters;

/** A generator without weights. */
record PlaneArchitecture() implements GeneratorArchitecture {
    @Override
    public String weights() {
        return "";
    }

    @Override
    public Generator build(Parameters parameters) {
        return new PlaneGenerator();
    }
}
