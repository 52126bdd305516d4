package org.obverse.cli;

import picocli.CommandLine.Option;

/** Where a command computes. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto, cpu, gpu, gpu:1, …, instead of the plan's @|bold execution.device|@.")
    private String device = "";

    boolean isGiven() {
        return !device.isEmpty();
    }

    String name() {
        return device;
    }
}
