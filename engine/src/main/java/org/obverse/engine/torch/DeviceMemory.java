package org.obverse.engine.torch;

import ai.djl.engine.EngineException;
import java.util.List;

/** What libtorch says when an array does not fit into the device's memory; DJL has no exception of its own for it. */
public final class DeviceMemory {
    /** torch 2.7.1: c10/cuda/CUDACachingAllocator.cpp, then c10/core/impl/alloc_cpu.cpp on Linux and on Windows. */
    private static final List<String> WORDS = List.of(
            "CUDA out of memory",
            "DefaultCPUAllocator: can't allocate memory",
            "DefaultCPUAllocator: not enough memory");

    private DeviceMemory() {}

    /** Whether a failure, or what caused it, is that the memory was exhausted. */
    public static boolean isExhausted(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            if (e instanceof EngineException && WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
