using System.Runtime.InteropServices;
using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Badges.Linux;

/// <summary>
/// Reads the text that a USB reader types, from the key-down events of an input device (linux/input.h, 64-bit layout). The device is
/// grabbed, so that no console receives the numbers.
/// </summary>
internal sealed class KeyboardSource : ITextSource
{
    /// <summary>EVIOCGRAB. Any argument but 0 grabs the device; closing the device releases it.</summary>
    private const nuint Grab = 0x40044590;

    /// <summary>Replaces keys that no number contains, and events that the kernel dropped.</summary>
    private const byte Unknown = (byte)'?';

    private const ushort Sync = 0, Key = 1, Dropped = 3;
    private const int Down = 1;

    private readonly SafeFileHandle _device;
    private readonly SafeFileHandle _wakeUp = Kernel.MakeEvent();
    private Task<int>? _reading;

    /// <param name="device">The open input device; the source disposes it.</param>
    public KeyboardSource(SafeFileHandle device) => _device = device;

    /// <summary>Opens and grabs an input device, such as /dev/input/by-id/...-event-kbd.</summary>
    /// <exception cref="IOException">The device does not exist, cannot be opened or is not an input device.</exception>
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

    // The read blocks in the kernel, so it runs on a thread of its own.
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
        { Type: Sync, Code: Dropped } => Unknown,
        { Type: Key, Value: Down } => TextOf(made.Code),
        _ => null,
    };

    /// <summary>Returns the character of a key code (linux/input-event-codes.h) in the US layout, which readers use.</summary>
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
        // Characters around and inside numbers: blank, tab, comma, and the colon and letters of this program's notation (H10301:,
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
        // Readers press Shift, Caps Lock and Num Lock around letters; these keys do not change digits.
        42 or 54 or 58 or 69 => null,
        _ => Unknown,
    };

    /// <summary>Mirrors struct input_event on systems whose long has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct InputEvent(long Seconds, long Microseconds, ushort Type, ushort Code, int Value);
}
