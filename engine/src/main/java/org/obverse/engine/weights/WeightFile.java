package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.RegularFile;

/**
 * A file of weights in one of the {@linkplain WeightFormat formats}, which its contents tell, not its name. Opening reads
 * names, types and shapes, and checks that every element exists; elements are read when they are asked for. Nothing in the
 * file is executed or looked up. May be used from any thread, as long as the file is not changed.
 */
public final class WeightFile {
    static final String FORMATS =
            "give a StyleGAN2-ADA network pickle, a file of torch.save, a safetensors file or an npz file";

    private final Place place;
    private final Contents contents;

    private WeightFile(Place place, Contents contents) {
        this.place = place;
        this.contents = contents;
    }

    /**
     * @throws InvalidConfigurationException if there is no such file; if it is truncated, damaged, of no known format or
     *     version, or beyond the limits; or if it names what weights do not need
     */
    public static WeightFile open(Path file) {
        return open(file, file.toString());
    }

    /**
     * @param subject what to call the file in messages
     */
    public static WeightFile open(Path file, String subject) {
        Place place = Place.of(subject);
        RegularFile.require(file, subject, "give the path of a weights file");
        try {
            ByteSource bytes = ByteSource.of(file);
            WeightFile opened = new WeightFile(place, read(place, file, bytes));
            opened.requireLimits(opened.length(bytes));
            return opened;
        } catch (IOException e) {
            throw unreadable(place, e);
        } catch (UncheckedIOException e) {
            throw unreadable(place, e);
        }
    }

    static InvalidConfigurationException unreadable(Place place, Exception cause) {
        return place.refused(
                "cannot be read (" + cause.getMessage() + ")", "check that it is whole, and its permissions");
    }

    private static Contents read(Place place, Path path, ByteSource file) throws IOException {
        return switch (Signature.of(file)) {
            case ZIP -> zip(place, ZipMembers.of(place, file));
            case TORCH_LEGACY -> PickleFiles.legacy(place, file);
            case PICKLE -> PickleFiles.networks(place, file);
            case SAFETENSORS -> ArrayFiles.safetensors(place, path, file);
            case JSON -> ShardIndex.read(place, path);
            case STRANGER -> throw place.refused(Signature.stranger(file), FORMATS);
        };
    }

    private static Contents zip(Place place, ZipMembers zip) {
        return switch (Archive.of(zip.all())) {
            case PROGRAM, TORCH -> PickleFiles.zip(place, zip);
            case NPZ -> {
                Contents arrays = ArrayFiles.npz(place, zip.all());
                zip.requireSound();
                yield arrays;
            }
            case OTHER -> throw place.refused("is a zip file without the members of torch.save or of npz", FORMATS);
        };
    }

    private long length(ByteSource file) throws IOException {
        long length = file.length();
        for (Path shard : contents.shards().values()) {
            length += Files.size(shard);
        }
        return length;
    }

    /** A few bytes can describe the same storage a million times. */
    private void requireLimits(long fileLength) {
        long packed = contents.format() == WeightFormat.NPZ ? Limits.DEFLATE_RATIO : Limits.TENSORS_PER_BYTE;
        long limit = Math.max(Limits.ANY_FILE, Math.multiplyExact(packed, fileLength));
        long cost = 0;
        for (StoredTensor tensor : tensors().values()) {
            cost += tensor.cost();
            if (cost > limit) {
                throw place.refused("describes tensors of more than " + limit + " bytes in " + fileLength);
            }
        }
        if (cost == 0 && tensors().isEmpty()) {
            throw place.refused("holds no tensors", FORMATS);
        }
    }

    public WeightFormat format() {
        return contents.format();
    }

    /** All tensors of the file in their order, by the dotted path to each. */
    public Map<String, StoredTensor> tensors() {
        Map<String, StoredTensor> all = new LinkedHashMap<>();
        contents.parts()
                .forEach((part, tensors) ->
                        tensors.forEach((name, tensor) -> all.put(part.isEmpty() ? name : part + "." + name, tensor)));
        return all;
    }

    /**
     * The files that a location's tensors are spread over, by name, if it is an index of shards; empty for any other file.
     *
     * @throws IOException if the file cannot be read
     */
    public static Map<String, Path> shards(Path file) throws IOException {
        return ShardIndex.shards(Place.of(file.toString()), file);
    }

    /** The files beside this one that hold its tensors, by name; empty if it holds them itself. */
    public Map<String, Path> shards() {
        return Collections.unmodifiableMap(contents.shards());
    }

    /** What the file says beside tensors, by the dotted path to each, such as {@code G_ema.z_dim}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(contents.metadata());
    }

    /** What the file says of one of its networks, by the dotted path in that network, such as {@code z_dim}. */
    public Map<String, String> metadata(NetworkWeights network) {
        String path = network.part().isEmpty() ? "" : network.part() + ".";
        Map<String, String> said = new LinkedHashMap<>();
        contents.metadata().forEach((key, value) -> {
            if (key.startsWith(path)) {
                said.put(key.substring(path.length()), value);
            }
        });
        return said;
    }

    /** The parts that hold tensors, such as {@code model_state_dict}; one without name if the file has no parts. */
    public Set<String> parts() {
        return Collections.unmodifiableSet(contents.parts().keySet());
    }

    /** Whether the torch_utils.persistence of StyleGAN2-ADA or StyleGAN3 stored the file's networks. */
    public Persistence persistence() {
        return contents.modules().isEmpty() ? Persistence.ABSENT : Persistence.PRESENT;
    }

    /** The objects beside the tensors that were not read, and their classes, by the dotted path to each. */
    public Map<String, String> objects() {
        Map<String, String> objects = new LinkedHashMap<>();
        contents.objects().forEach((path, object) -> objects.put(path, object.name()));
        return objects;
    }

    /**
     * The tensors that networks are built from.
     *
     * @throws InvalidConfigurationException if there is none, or more than one network to choose from
     */
    public NetworkWeights network() {
        return NetworkWeights.whole(place, contents).unwrapped(place);
    }

    /**
     * The tensors of one part.
     *
     * @throws InvalidConfigurationException if there is no such part
     */
    public NetworkWeights network(String part) {
        return NetworkWeights.part(place, contents, part).unwrapped(place);
    }

    /**
     * The tensors under one prefix.
     *
     * @param part that holds them; empty for the only one that may be a network
     * @throws InvalidConfigurationException if there is no such part or nothing under such a prefix
     */
    public NetworkWeights network(String part, String prefix) {
        NetworkWeights whole =
                part.isEmpty() ? NetworkWeights.whole(place, contents) : NetworkWeights.part(place, contents, part);
        return whole.chosen(place, prefix);
    }

    /**
     * The tensors of the file's network for one under construction, as float32, under the prefix that the first name it asks
     * for is found under. Companions can be asked for, and are not among the names.
     *
     * @throws InvalidConfigurationException if there is no part that may be a network, or more than one
     */
    public ParameterSource parameters() {
        NetworkWeights whole = NetworkWeights.whole(place, contents);
        return new FileParameters(place, whole, metadata(whole), objects());
    }

    /**
     * The sizes of the StyleGAN2 generator that {@link #network()} is; none if it is something else.
     *
     * @throws InvalidConfigurationException if there is more than one network to choose from
     */
    public List<StyleGan2Sizes> generator() {
        NetworkWeights network = network();
        return StyleGan2Sizes.of(network.tensors(), metadata(network));
    }

    /** Whether Python's persistence of modules was used. */
    public enum Persistence {
        PRESENT,
        ABSENT
    }
}
