namespace DoorAgent.Faults;

/// <summary>An entry of a disk's record.</summary>
/// <param name="Ends">Where the entry ends in the record's file, in bytes.</param>
/// <param name="Offset">Where on the disk it writes, in bytes.</param>
/// <param name="Data">The bytes; empty for a flush.</param>
/// <param name="IsFlush">Whether everything before it is on the disk afterwards.</param>
/// <param name="IsSure">Whether the write itself is on the disk when it has ended (FUA).</param>
internal sealed record DiskEntry(long Ends, long Offset, byte[] Data, bool IsFlush, bool IsSure);

/// <summary>
/// Reads what QEMU's driver blklogwrites recorded (the format of Linux's dm-log-writes): a superblock of one sector, then entries of one
/// sector, each followed by its data.
/// </summary>
internal static class MachineDisk
{
    private const int Sector = 512, Flush = 1, ForceUnitAccess = 2, Discard = 4;

    private const long Magic = 0x6A736677736872;

    /// <summary>Reads all entries; the last one may be cut off.</summary>
    /// <exception cref="InvalidDataException">The file is not such a record.</exception>
    public static IEnumerable<DiskEntry> Read(string file)
    {
        using FileStream log = File.OpenRead(file);
        using BinaryReader reader = new(log);
        if (reader.ReadInt64() != Magic)
            throw new InvalidDataException($"{file} is not a record of blklogwrites");
        long place = Sector;
        while (place + Sector <= log.Length)
        {
            log.Position = place;
            long sector = reader.ReadInt64(), sectors = reader.ReadInt64(), flags = reader.ReadInt64();
            long length = (flags & Discard) != 0 ? 0 : sectors * Sector;
            place += Sector;
            if (place + length > log.Length)
                yield break;
            log.Position = place;
            byte[] data = reader.ReadBytes((int)length);
            place += length;
            // What a disk keeps in discarded sectors is its own affair: here they keep what they had.
            yield return new DiskEntry(place, sector * Sector, data, (flags & Flush) != 0, (flags & ForceUnitAccess) != 0);
        }
    }

    /// <summary>Writes the entries to a disk's image, as far as a cut leaves them.</summary>
    /// <param name="image">The image as it was before the first entry; it is changed.</param>
    /// <param name="entries">What was written until the cut.</param>
    /// <param name="random">Decides which sectors since the last flush are lost.</param>
    public static void Cut(string image, IReadOnlyList<DiskEntry> entries, Random random)
    {
        int flushed = entries.ToList().FindLastIndex(entry => entry.IsFlush);
        double share = random.Next(4) switch { 0 => 0, 1 => 0.5, 2 => 0.9, _ => 1 };
        using FileStream disk = File.OpenWrite(image);
        foreach ((int i, DiskEntry entry) in entries.Index())
        {
            for (int at = 0; at < entry.Data.Length; at += Sector)
            {
                if (i > flushed && !entry.IsSure && random.NextDouble() >= share)
                    continue;
                disk.Position = entry.Offset + at;
                disk.Write(entry.Data.AsSpan(at, Sector));
            }
        }
    }
}
