using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>The lines of a real chip, through the kernel's character device, without a library and without polling.</summary>
internal sealed class LinuxGpioLines : IGpioLines
{
    /// <summary>The requested size of the kernel's event buffer; a Wiegand frame has at most 64 edges.</summary>
    public const int EventBuffer = 1024;

    private readonly GpioChip _chip;
    private readonly SafeFileHandle _device;

    /// <exception cref="IOException">The device cannot be opened.</exception>
    public LinuxGpioLines(GpioChip chip) => (_chip, _device) = (chip, Kernel.Open(chip.Path));

    public bool IsSimulated => false;

    public IOutputLine RequestOutput(string consumer, int line, bool activeLow, bool isActive)
    {
        GpioAbi.LineRequest request = Request(consumer, [line]);
        request.Config.Flags = GpioAbi.LineFlags.Output | Polarity(activeLow);
        // Direction and level are set in one step, so that the line never has another level in between.
        request.Config.AttributeCount = 1;
        request.Config.Attributes[0].Attribute.Id = GpioAbi.AttributeOutputValues;
        request.Config.Attributes[0].Attribute.Value = isActive ? 1u : 0;
        request.Config.Attributes[0].Mask = 1;
        return new LinuxOutput(Acquire(ref request, consumer, [line]), $"{consumer} (line {line})");
    }

    public IInputLines RequestInputs(InputRequest request)
    {
        GpioAbi.LineRequest asked = Request(request.Consumer, request.Lines);
        asked.Config.Flags = GpioAbi.LineFlags.Input | Polarity(request.ActiveLow) | GpioAbi.LineFlags.EdgeRising
            | (request.Edges == LineEdges.Both ? GpioAbi.LineFlags.EdgeFalling : GpioAbi.LineFlags.None)
            | request.Bias switch
            {
                LineBias.PullUp => GpioAbi.LineFlags.BiasPullUp,
                LineBias.PullDown => GpioAbi.LineFlags.BiasPullDown,
                _ => GpioAbi.LineFlags.None,
            };
        asked.EventBufferSize = EventBuffer;
        return new LinuxInputs(Acquire(ref asked, request.Consumer, request.Lines), request);
    }

    public void Dispose() => _device.Dispose();

    private static GpioAbi.LineFlags Polarity(bool activeLow) => activeLow ? GpioAbi.LineFlags.ActiveLow : GpioAbi.LineFlags.None;

    private GpioAbi.LineRequest Request(string consumer, IReadOnlyList<int> lines)
    {
        ObjectDisposedException.ThrowIf(_device.IsClosed, this);
        if (lines.Distinct().Count() != lines.Count)
            throw new IOException($"{consumer} requests a line twice: {string.Join(", ", lines)}. Give each use a separate line.");
        GpioAbi.LineRequest request = new() { LineCount = (uint)lines.Count };
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i] < 0 || lines[i] >= _chip.LineCount)
                throw new IOException($"Line {lines[i]} does not exist; {_chip.Label} has lines 0 to {_chip.LineCount - 1}.");
            request.Offsets[i] = (uint)lines[i];
        }

        // Other programs see this name beside the line; the kernel keeps 31 bytes of it.
        ReadOnlySpan<byte> name = System.Text.Encoding.UTF8.GetBytes("dooragent " + consumer);
        name[..Math.Min(name.Length, GpioAbi.NameLength - 1)].CopyTo(request.Consumer);
        return request;
    }

    private SafeFileHandle Acquire(ref GpioAbi.LineRequest request, string consumer, IReadOnlyList<int> lines)
    {
        try
        {
            Kernel.Call(_device, GpioAbi.GetLines, ref request, $"{_chip.Label}, lines {string.Join(", ", lines)}");
            return new SafeFileHandle(request.Descriptor, ownsHandle: true);
        }
        catch (IOException failure) when (failure.HResult == Kernel.Busy)
        {
            IEnumerable<GpioLine> held = lines.Select(_chip.Line).Where(line => line.HeldBy is not null);
            string holders = string.Join(", ", held.Select(line => $"line {line.Line} is held by '{line.HeldBy}'"));
            throw new IOException(
                $"{consumer} cannot use its lines on {_chip.Label}: {holders}. Give each use a separate line, and end the other program.",
                failure.HResult);
        }
    }
}
