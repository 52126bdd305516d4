package org.obverse.engine.torch;

import java.nio.file.Path;

/**
 * What runs underneath, for a person who looks for a fault and for a run's manifest.
 *
 * @param version of libtorch, such as {@code 2.7.1}
 * @param library where its shared objects were unpacked
 * @param device that arrays are created on, such as {@code cpu} or {@code gpu(0)}
 * @param gpus that libtorch can use
 * @param threads inside one operator
 * @param cache DJL's directory of unpacked libraries
 */
public record NativeFacts(String version, Path library, String device, int gpus, int threads, Path cache) {}
