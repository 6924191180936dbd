using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DoorAgent.Hardware.Linux;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>
/// Declares the interface of the GPIO character device, version 2 (linux/gpio.h): widths and offsets of all fields are fixed,
/// the same on every architecture.
/// </summary>
internal static class GpioAbi
{
    public const int NameLength = 32;

    public static readonly nuint GetChipInfo = Request(read: true, write: false, 0x01, Unsafe.SizeOf<ChipInfo>());

    public static readonly nuint GetLineInfo = Request(read: true, write: true, 0x05, Unsafe.SizeOf<LineInfo>());

    public static readonly nuint GetLines = Request(read: true, write: true, 0x07, Unsafe.SizeOf<LineRequest>());

    public static readonly nuint GetValues = Request(read: true, write: true, 0x0E, Unsafe.SizeOf<LineValues>());

    public static readonly nuint SetValues = Request(read: true, write: true, 0x0F, Unsafe.SizeOf<LineValues>());

    private static nuint Request(bool read, bool write, byte number, int size) => Kernel.Request(0xB4, read, write, number, size);

    [Flags]
    internal enum LineFlags : ulong
    {
        None = 0,
        Used = 1 << 0,
        ActiveLow = 1 << 1,
        Input = 1 << 2,
        Output = 1 << 3,
        EdgeRising = 1 << 4,
        EdgeFalling = 1 << 5,
        BiasPullUp = 1 << 8,
        BiasPullDown = 1 << 9,
    }

    /// <summary>The <see cref="LineAttribute.Id"/> of an attribute that sets output levels.</summary>
    internal const uint AttributeOutputValues = 2;

    /// <summary>The <see cref="LineEvent.Id"/> of an edge to the active level; edges are logical.</summary>
    internal const uint BecameActive = 1;

    [InlineArray(NameLength)]
    internal struct Name
    {
        private byte _first;

        public override readonly string ToString()
        {
            ReadOnlySpan<byte> bytes = this;
            int end = bytes.IndexOf((byte)0);
            return System.Text.Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        }
    }

    [InlineArray(64)]
    internal struct Offsets
    {
        private uint _first;
    }

    [InlineArray(10)]
    internal struct ConfigAttributes
    {
        private ConfigAttribute _first;
    }

    [InlineArray(10)]
    internal struct LineAttributes
    {
        private LineAttribute _first;
    }

    [InlineArray(5)]
    internal struct Padding5
    {
        private uint _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ChipInfo
    {
        public Name Name;
        public Name Label;
        public uint Lines;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineAttribute
    {
        public uint Id;
        public uint Padding;
        public ulong Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ConfigAttribute
    {
        public LineAttribute Attribute;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineConfig
    {
        public LineFlags Flags;
        public uint AttributeCount;
        public Padding5 Padding;
        public ConfigAttributes Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineRequest
    {
        public Offsets Offsets;
        public Name Consumer;
        public LineConfig Config;
        public uint LineCount;
        public uint EventBufferSize;
        public Padding5 Padding;
        public int Descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineInfo
    {
        public Name Name;
        public Name Consumer;
        public uint Offset;
        public uint AttributeCount;
        public LineFlags Flags;
        public LineAttributes Attributes;
        public uint Padding0;
        public uint Padding1;
        public uint Padding2;
        public uint Padding3;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct LineEvent
    {
        /// <summary>CLOCK_MONOTONIC, in nanoseconds.</summary>
        public ulong Timestamp;
        public uint Id;
        public uint Offset;

        /// <summary>Counts the events of the request, from 1; a gap shows events that did not fit into the kernel's buffer.</summary>
        public uint Sequence;
        public uint LineSequence;
        public uint Padding0;
        public uint Padding1;
        public uint Padding2;
        public uint Padding3;
        public uint Padding4;
        public uint Padding5;
    }
}
