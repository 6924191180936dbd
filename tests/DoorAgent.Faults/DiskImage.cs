namespace DoorAgent.Faults;

/// <summary>
/// The files of a folder as they may be on the disk when the power fails. What was written since a file's last fsync may be there or not,
/// each sector of 512 bytes by itself, in any order. Names (new, renamed, removed files) reach the disk in their order, at the latest with
/// the next fsync of any file: so do ext4, XFS and Btrfs.
/// </summary>
internal sealed class DiskImage
{
    private const int Sector = 512;

    private readonly Dictionary<string, DiskFile> _names = [];
    private readonly List<DiskStep> _unsyncedNames = [];
    private Dictionary<string, DiskFile> _syncedNames;
    private readonly string _folder;

    /// <summary>Begins with a folder whose files are all on the disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="calledThen">The folder's path in the record.</param>
    public DiskImage(string folder, string calledThen)
    {
        _folder = calledThen;
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            _names[Path.Combine(calledThen, Path.GetRelativePath(folder, file))] = new DiskFile { Synced = File.ReadAllBytes(file) };
        _syncedNames = new(_names);
    }

    /// <summary>Whether anything may be missing after a power cut.</summary>
    public bool IsUnsynced => _unsyncedNames.Count > 0 || _names.Values.Any(file => file.Unsynced.Count > 0);

    /// <summary>Takes the next step of the program.</summary>
    public void Apply(DiskStep step)
    {
        DiskFile? file = _names.GetValueOrDefault(step.Path);
        switch (step.Act)
        {
            case DiskAct.Write or DiskAct.Truncate:
                // A file that was removed while it was open has no name, and its bytes count no longer.
                file?.Unsynced.Add(step);
                break;
            case DiskAct.Sync:
                file?.Sync();
                _unsyncedNames.Clear();
                _syncedNames = new(_names);
                break;
            case DiskAct.Create or DiskAct.Unlink or DiskAct.Rename:
                // The same file object belongs to the name now and to the name on the disk.
                DiskFile made = new();
                Rename(_names, step, made);
                _unsyncedNames.Add(step);
                _made[step] = made;
                break;
        }
    }

    /// <summary>Writes the files as they were for a process: everything that was written.</summary>
    public void WriteAll(string folder) => Write(folder, _names, file => file.Whole());

    /// <summary>Writes the files with nothing but what was on the disk for certain.</summary>
    public void WriteSynced(string folder) => Write(folder, _syncedNames, file => file.Synced);

    /// <summary>Writes the files with a random part of what was not on the disk for certain.</summary>
    public void WriteTorn(string folder, Random random)
    {
        Dictionary<string, DiskFile> names = new(_syncedNames);
        foreach (DiskStep step in _unsyncedNames.Take(random.Next(_unsyncedNames.Count + 1)))
            Rename(names, step, _made[step]);
        double share = random.Next(4) switch { 0 => 0.05, 1 => 0.5, 2 => 0.95, _ => 1 };
        // Either any sector of any write, or all up to one write, which is torn.
        bool isAnyOrder = random.Next(2) == 0;
        Write(folder, names, file => file.Torn(random, share, isAnyOrder));
    }

    private readonly Dictionary<DiskStep, DiskFile> _made = new(ReferenceEqualityComparer.Instance);

    private static void Rename(Dictionary<string, DiskFile> names, DiskStep step, DiskFile made)
    {
        if (step.Act == DiskAct.Create)
        {
            names[step.Path] = made;
            return;
        }

        if (step.Act == DiskAct.Rename && names.TryGetValue(step.Path, out DiskFile? moved))
            names[step.Text] = moved;
        // A second name (link) leaves the first one.
        if (step.Act == DiskAct.Unlink || step.Offset == 0)
            names.Remove(step.Path);
    }

    private void Write(string folder, Dictionary<string, DiskFile> names, Func<DiskFile, byte[]> content)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach ((string path, DiskFile file) in names)
        {
            string target = Path.Combine(folder, Path.GetRelativePath(_folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content(file));
        }
    }

    private sealed class DiskFile
    {
        public byte[] Synced { get; set; } = [];

        public List<DiskStep> Unsynced { get; } = [];

        public void Sync()
        {
            Synced = Whole();
            Unsynced.Clear();
        }

        public byte[] Whole()
        {
            byte[] content = Synced;
            foreach (DiskStep step in Unsynced)
                content = Written(content, step, _ => true);
            return content;
        }

        public byte[] Torn(Random random, double share, bool isAnyOrder)
        {
            byte[] content = Synced;
            int whole = isAnyOrder ? 0 : random.Next(Unsynced.Count + 1);
            foreach ((int i, DiskStep step) in Unsynced.Index())
            {
                if (isAnyOrder || i == whole)
                    content = step.Act == DiskAct.Truncate && random.NextDouble() >= share ? content
                        : Written(content, step, _ => random.NextDouble() < share);
                else if (i < whole)
                    content = Written(content, step, _ => true);
            }

            return content;
        }

        private static byte[] Written(byte[] content, DiskStep step, Func<int, bool> isThere)
        {
            if (step.Act == DiskAct.Truncate)
            {
                byte[] cut = new byte[step.Offset];
                content.AsSpan(0, (int)Math.Min(step.Offset, content.Length)).CopyTo(cut);
                return cut;
            }

            byte[] result = content[..];
            int from = (int)step.Offset, end = from + step.Data.Length;
            while (from < end)
            {
                int next = Math.Min(end, (from / Sector + 1) * Sector);
                if (isThere(from))
                {
                    if (result.Length < next)
                        Array.Resize(ref result, next);
                    step.Data.AsSpan(from - (int)step.Offset, next - from).CopyTo(result.AsSpan(from));
                }

                from = next;
            }

            return result;
        }
    }
}
