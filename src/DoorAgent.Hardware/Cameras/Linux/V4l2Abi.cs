using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DoorAgent.Hardware.Linux;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>Declares the structures of linux/videodev2.h that describe a camera; the same on every architecture.</summary>
internal static class V4l2Abi
{
    public static readonly nuint QueryCapabilities = Request(read: true, write: false, 0, Unsafe.SizeOf<Capability>());

    public static readonly nuint NextFormat = Request(read: true, write: true, 2, Unsafe.SizeOf<FormatDescription>());

    public static readonly nuint RequestBuffers = Request(read: true, write: true, 8, Unsafe.SizeOf<BuffersRequest>());

    public const uint CanCapture = 0x1, CanCapturePlanes = 0x1000, HasOwnCapabilities = 0x8000_0000;

    public const uint Capture = 1, CapturePlanes = 9;

    public const uint MemoryMapped = 1;

    private static nuint Request(bool read, bool write, byte number, int size) => Kernel.Request('V', read, write, number, size);

    /// <summary>Returns the text of a field, up to its terminating zero.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    [InlineArray(16)]
    internal struct ShortText
    {
        private byte _first;

        public override readonly string ToString() => Text(this);
    }

    [InlineArray(32)]
    internal struct LongText
    {
        private byte _first;

        public override readonly string ToString() => Text(this);
    }

    [InlineArray(3)]
    internal struct Reserved
    {
        private uint _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Capability
    {
        public ShortText Driver;
        public LongText Card;
        public LongText BusInfo;
        public uint Version;

        /// <summary>Capabilities of the whole device; <see cref="DeviceCapabilities"/> are those of this device node.</summary>
        public uint Capabilities;
        public uint DeviceCapabilities;
        public Reserved Reserved;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct FormatDescription
    {
        public uint Index;
        public uint Type;
        public uint Flags;
        public LongText Description;
        public uint PixelFormat;
        public uint MediaBusCode;
        public Reserved Reserved;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct BuffersRequest
    {
        public uint Count;
        public uint Type;
        public uint Memory;
        public uint Capabilities;
        public uint Flags;
    }
}
