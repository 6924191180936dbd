using DoorAgent.Fleet;
using DoorAgent.Storage;

namespace DoorAgent.Link.Fleet;

/// <summary>All records of a group on their way to the door. Small groups stay in memory; a large one goes through a file that only the
/// link's user may read, and that is removed afterwards. The records are sealed in it as in the hub.</summary>
/// <param name="path">Path of the file.</param>
internal sealed class FleetSpool(string path) : IDisposable
{
    // About a thousand people.
    private const int MostInMemory = 4 << 20;

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
        if (_parcel.Length + item.Value.Length > FleetParcel.MostBytes)
            throw new IOException($"The group is too large: its records have more than {FleetParcel.MostBytes >> 20} MiB.");
        try
        {
            if (!IsOnDisk && _parcel.Length > MostInMemory)
                MoveToDisk();
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

    private void MoveToDisk()
    {
        FileStream file = DataDirectory.CreateFile(path);
        _parcel.Position = 0;
        _parcel.CopyTo(file);
        _parcel.Dispose();
        _parcel = file;
    }
}
