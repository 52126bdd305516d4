package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * torch.save's format before version 1.6, which storages inside network pickles still use: the pickles of a magic number,
 * a version, facts of the machine, the object, and the storages' keys; then each storage's number of elements and bytes.
 */
final class TorchStream {
    /** The pickle of the magic number 0x1950a86a20f9469cfc6c, with which such a file begins. */
    private static final byte[] MAGIC = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.'
    };

    private static final long VERSION = 1001;

    private final Place place;
    private final ByteSource source;
    private final PickleInput input;

    private TorchStream(Place place, ByteSource source) {
        this.place = place;
        this.source = source;
        this.input = new PickleInput(place, source);
    }

    static boolean isAt(ByteSource source) {
        return source.length() >= MAGIC.length && source.bytes(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /**
     * An object with its storages.
     *
     * @param storages by key
     */
    record Content(Value object, Map<String, Storage.Held> storages) {}

    /** A whole file. */
    static Content file(Place place, ByteSource source) {
        TorchStream stream = new TorchStream(place, source);
        Set<Constructor> allowed = EnumSet.complementOf(EnumSet.of(Constructor.STORAGE, Constructor.PERSISTENT_OBJECT));
        return stream.read(allowed);
    }

    /** The stream of one storage, as a network pickle holds it. */
    static Storage storage(Place place, ByteSource source) {
        Content content = new TorchStream(place, source).read(EnumSet.noneOf(Constructor.class));
        if (content.object() instanceof Value.Memory memory && memory.storage() instanceof Storage.Keyed keyed) {
            return held(place, content.storages(), keyed);
        }
        throw place.refused("holds a " + content.object().description() + " instead of a storage");
    }

    private Content read(Set<Constructor> allowed) {
        if (!isAt(source)) {
            throw place.refused("does not begin as torch's files before 1.6 do");
        }
        input.skip(MAGIC.length);
        Value version = plain();
        if (!(version instanceof Value.Whole number) || number.value() != VERSION) {
            throw place.refusedAt(
                    input.position(),
                    "is of another version of torch's old format than " + VERSION,
                    "store it again with torch.save");
        }
        Value machine = plain();
        if (!(machine instanceof Value.Table facts) || facts.find("little_endian") != Value.Constant.TRUE) {
            throw place.refusedAt(input.position(), "was not written on a little-endian machine");
        }
        Map<String, Storage.Keyed> used = new LinkedHashMap<>();
        Value object = PickleMachine.read(input, allowed, (where, at, id) -> {
            Storage.Keyed storage = StorageId.read(where, at, id);
            StorageId.note(where, at, used, storage);
            return new Value.Memory(storage);
        });
        return new Content(object, storages(used));
    }

    private Value plain() {
        return PickleMachine.read(input, Set.of(), PickleMachine.PersistentIds.NONE);
    }

    private Map<String, Storage.Held> storages(Map<String, Storage.Keyed> used) {
        if (!(plain() instanceof Value.Sequence keys)) {
            throw place.refusedAt(input.position(), "does not list its storages");
        }
        Map<String, Storage.Held> storages = new LinkedHashMap<>();
        for (Value item : keys.items()) {
            String key = item instanceof Value.Text text ? text.value() : "";
            Storage.Keyed storage = used.get(key);
            if (storage == null || storages.containsKey(key)) {
                throw place.refusedAt(
                        input.position(), "lists a storage '" + Place.shown(key) + "' that nothing uses, or twice");
            }
            long at = input.position();
            long count = input.i64();
            if (count != storage.elements()) {
                throw place.refusedAt(
                        at,
                        "storage '" + Place.shown(key) + "' has " + count + " elements, and " + storage.elements()
                                + " were announced");
            }
            ByteSource bytes = input.skip(count * storage.type().bytes());
            storages.put(key, new Storage.Held(storage.type(), bytes));
        }
        return storages;
    }

    /** The bytes of a storage. */
    static Storage.Held held(Place place, Map<String, Storage.Held> storages, Storage.Keyed keyed) {
        Storage.Held found = storages.get(keyed.key());
        if (found == null) {
            throw place.refused("has no storage '" + Place.shown(keyed.key()) + "'");
        }
        return found;
    }
}
