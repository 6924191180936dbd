using System.Buffers.Binary;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the chunks of a WebP file (lossy, lossless and extended) and checks that each lies within the file (RFC 9649,
/// section 2).</summary>
internal static class WebPHeader
{
    private const int FileHead = 12, BeforeSize = 8, ChunkHead = 8, CanvasHead = 10, FrameHead = 16, PictureHead = 10;

    /// <summary>Bytes per pixel that the decoder needs beside the picture: four channels with transparency, canvases for an
    /// animation.</summary>
    private const int FourChannels = 4, Canvases = 8;

    /// <param name="bytes">The file; starts with the WebP signature.</param>
    public static PictureHeader? Read(ReadOnlySpan<byte> bytes)
    {
        // Bytes beyond the size in the file's header do not belong to the picture.
        long end = Math.Min(bytes.Length, BeforeSize + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        Parts parts = default;
        return end >= FileHead && Walk(bytes[FileHead..(int)end], ref parts) && parts.HasPicture
            ? new PictureHeader(PictureKind.WebP, parts.Width, parts.Height, parts.BytesPerPixel * parts.Width * parts.Height) : null;
    }

    private static bool Walk(ReadOnlySpan<byte> chunks, ref Parts parts)
    {
        while (chunks.Length >= ChunkHead)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - ChunkHead || !Read(chunks[..4], chunks.Slice(ChunkHead, (int)length), ref parts))
                return false;
            // Chunks have an even length; the padding of the last chunk is often absent.
            chunks = chunks[Math.Min(chunks.Length, ChunkHead + (int)length + (int)(length & 1))..];
        }

        return true;
    }

    private static bool Read(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content, ref Parts parts)
    {
        if (kind.SequenceEqual("VP8X"u8))
            return content.Length >= CanvasHead && parts.TrySetCanvas(ThreeBytes(content[4..]) + 1, ThreeBytes(content[7..]) + 1);
        if (kind.SequenceEqual("ANMF"u8))
        {
            (parts.BytesPerPixel, parts.IsAnimated) = (Canvases, true);
            return content.Length >= FrameHead && Walk(content[FrameHead..], ref parts);
        }

        if (kind.SequenceEqual("ALPH"u8))
            parts.BytesPerPixel = Math.Max(parts.BytesPerPixel, FourChannels);
        if (kind.SequenceEqual("VP8 "u8))
        {
            return content.Length >= PictureHead && parts.TryAddPicture(
                BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF);
        }

        if (!kind.SequenceEqual("VP8L"u8))
            return true;
        if (content.Length < PictureHead)
            return false;
        uint both = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
        parts.BytesPerPixel = Math.Max(parts.BytesPerPixel, FourChannels);
        return parts.TryAddPicture((both & 0x3FFF) + 1, ((both >> 14) & 0x3FFF) + 1);
    }

    private static long ThreeBytes(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private struct Parts
    {
        public long Width;
        public long Height;
        public long BytesPerPixel;
        public bool HasPicture;
        public bool IsAnimated;

        /// <summary>Sets the canvas size; returns false unless the canvas is the first part of the file.</summary>
        public bool TrySetCanvas(long width, long height)
        {
            bool isFirst = Width == 0;
            (Width, Height) = (width, height);
            return isFirst;
        }

        /// <summary>Adds a picture; returns whether a still picture fills the canvas, or an animation's frame fits on it.</summary>
        public bool TryAddPicture(long width, long height)
        {
            HasPicture = true;
            if (Width == 0)
                (Width, Height) = (width, height);
            return IsAnimated ? width <= Width && height <= Height : width == Width && height == Height;
        }
    }
}
