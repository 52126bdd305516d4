package org.obverse.plugins.spark;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/**
 * What an executor does with an order. Its worker sees the GPUs that Spark gave the task, and no others.
 *
 * @param number of the order
 * @param words where the worker is heard while it is at work
 */
record Task(Worker worker, long number, LastWords words) implements Function<String, String> {
    @Override
    public String call(String order) throws Exception {
        ResourceInformation gpus = TaskContext.get().resourcesJMap().get("gpu");
        Worker seeing =
                gpus == null ? worker : worker.with(Map.of("CUDA_VISIBLE_DEVICES", String.join(",", gpus.addresses())));
        return seeing.perform(order, word -> words.add(number + "\t" + word));
    }
}
