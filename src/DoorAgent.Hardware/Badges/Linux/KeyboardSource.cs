using System.Runtime.InteropServices;
using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Badges.Linux;

/// <summary>
/// A reader that types, as USB readers do: the key-downs of an input device (linux/input.h, 64-bit layout), as text. The
/// device is grabbed, so that no console gets the numbers too.
/// </summary>
internal sealed class KeyboardSource : ITextSource
{
    /// <summary>EVIOCGRAB. Its argument is not an address: any value but 0 grabs the device, and closing the device releases it.</summary>
    private const nuint Grab = 0x40044590;

    /// <summary>What stands for a key that no number has, and for keys that the kernel could not keep.</summary>
    private const byte Strange = (byte)'?';

    private const ushort Sync = 0, Key = 1, Dropped = 3;
    private const int Down = 1;

    private readonly SafeFileHandle _device;
    private readonly SafeFileHandle _wakeUp = Kernel.MakeEvent();
    private Task<int>? _reading;

    /// <param name="device">The input device, open; owned from now on.</param>
    public KeyboardSource(SafeFileHandle device) => _device = device;

    /// <summary>Opens and grabs an input device, such as /dev/input/by-id/...-event-kbd.</summary>
    /// <exception cref="IOException">It is not there, not to be had, or no input device.</exception>
    public static KeyboardSource Open(string path)
    {
        SafeFileHandle device = Kernel.Open(path);
        try
        {
            int yes = 1;
            Kernel.Call(device, Grab, ref yes, path);
            return new KeyboardSource(device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    // A thread of its own while it waits: the wait is the kernel's.
    public Task<int> ReadAsync(Memory<byte> into) => _reading = Task.Factory.StartNew(
        () => Read(into.Span), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        if (_device.IsClosed)
            return;
        Kernel.Signal(_wakeUp);
        _reading?.Wait();
        _device.Dispose();
        _wakeUp.Dispose();
    }

    private int Read(Span<byte> into)
    {
        Span<InputEvent> events = stackalloc InputEvent[Math.Min(into.Length, 64)];
        while (Kernel.WaitToRead(_device, _wakeUp) && Kernel.Read(_device, events) is var read and > 0)
        {
            int count = 0;
            foreach (InputEvent made in events[..read])
            {
                if (TextOf(made) is { } text)
                    into[count++] = text;
            }

            if (count > 0)
                return count;
        }

        return 0;
    }

    private static byte? TextOf(in InputEvent made) => made switch
    {
        { Type: Sync, Code: Dropped } => Strange,
        { Type: Key, Value: Down } => TextOf(made.Code),
        _ => null,
    };

    /// <summary>The text of a key by its place (linux/input-event-codes.h): a reader's layout is the American one.</summary>
    private static byte? TextOf(ushort key) => key switch
    {
        >= 2 and <= 10 => (byte)('1' + key - 2),
        11 or 82 => (byte)'0',
        >= 79 and <= 81 => (byte)('1' + key - 79),
        >= 75 and <= 77 => (byte)('4' + key - 75),
        >= 71 and <= 73 => (byte)('7' + key - 71),
        30 => (byte)'A',
        48 => (byte)'B',
        46 => (byte)'C',
        32 => (byte)'D',
        18 => (byte)'E',
        33 => (byte)'F',
        // What stands around and between numbers: a blank or tab, a comma, and the colon and letters of our own notation (H10301:,
        // C1k35s:, UID:) and of 0x.
        57 or 15 => (byte)' ',
        51 => (byte)',',
        39 => (byte)':',
        45 => (byte)'X',
        35 => (byte)'H',
        37 => (byte)'K',
        31 => (byte)'S',
        22 => (byte)'U',
        23 => (byte)'I',
        28 or 96 => (byte)'\n',
        // Shift, Caps Lock and Num Lock, which readers press around letters, change no digit.
        42 or 54 or 58 or 69 => null,
        _ => Strange,
    };

    /// <summary>struct input_event where a long has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct InputEvent(long Seconds, long Microseconds, ushort Type, ushort Code, int Value);
}
