using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Link.Fleet;

/// <summary>All records of a group on their way to the door. Small groups stay in memory; a large one goes through a file that only the
/// link's user may read, and that is removed afterwards. The records are sealed in it as in the hub.</summary>
/// <param name="path">Path of the file.</param>
/// <param name="freeSpace">Returns the free space in bytes of a file's disk; null for the real one.</param>
internal sealed class FleetSpool(string path, Func<string, long>? freeSpace = null) : IDisposable
{
    // About a thousand people.
    private const int MostInMemory = 4 << 20;

    // How much is written between two looks at the free space.
    private const int Step = 1 << 20;

    private readonly Func<string, long> _freeSpace = freeSpace ?? DiskFull.FreeSpace;
    private long _looked;
    private Stream _parcel = new MemoryStream();

    /// <summary>Length of the records in bytes.</summary>
    public long Length => _parcel.Length;

    /// <summary>Whether the records are in the file.</summary>
    public bool IsOnDisk => _parcel is FileStream;

    /// <summary>Removes what a link left behind that was killed.</summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public static void Clear(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was left there.
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <summary>Adds a record.</summary>
    /// <param name="item">The record.</param>
    /// <param name="skip">Receives what the hub sent that cannot be carried.</param>
    /// <exception cref="IOException">The disk is full or failed, or there are too many records; the message says so.</exception>
    public void Add(FleetItem item, Action<FleetItem, string> skip)
    {
        if (_parcel.Length + FleetParcel.LengthOf(item) > FleetParcel.MostBytes)
            throw new IOException($"The group is too large: its records have more than {FleetParcel.MostBytes >> 20} MiB.");
        try
        {
            if (!IsOnDisk && _parcel.Length > MostInMemory)
                MoveToDisk();
            else if (IsOnDisk && _parcel.Length >= _looked + Step)
                NeedSpace(Step);
            FleetBatch.Write(_parcel, item, skip);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The people of the fleet cannot be stored on their way to the door ({path}): {failure.Message} "
                + "Until there is space, nobody is added or removed at this door.", failure);
        }
    }

    /// <summary>Returns the records from the first on.</summary>
    public Stream Read()
    {
        try
        {
            _parcel.Flush();
        }
        catch (IOException failure)
        {
            throw new IOException($"The people of the fleet cannot be stored on their way to the door ({path}): {failure.Message}", failure);
        }

        _parcel.Position = 0;
        return _parcel;
    }

    public void Dispose()
    {
        bool wasOnDisk = IsOnDisk;
        _parcel.Dispose();
        if (wasOnDisk)
            Clear(path);
    }

    private void NeedSpace(long bytes)
    {
        _looked = _parcel.Length;
        if (DiskFull.RefusalOf(_freeSpace(path), bytes) is { } full)
            throw new IOException(full);
    }

    private void MoveToDisk()
    {
        NeedSpace(_parcel.Length + Step);
        FileStream file = DataDirectory.CreateFile(path);
        _parcel.Position = 0;
        _parcel.CopyTo(file);
        _parcel.Dispose();
        _parcel = file;
    }
}
