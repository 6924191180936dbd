using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks that the native libraries load: OpenCV with GTK, and ONNX Runtime.</summary>
internal sealed class LibrariesCheck : ICheck
{
    private const int Side = 8;

    public string Name => "libraries";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        Frame frame = new();
        frame.Resize(Side, Side);
        frame.Pixels.Clear();
        _ = PictureFile.ToPng(frame);
        findings.Ok("OpenCV and GTK load");
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        using Network network = new(entry.Id, new ModelStore([Places.BuiltInModels]).Open(entry).Content);
        findings.Ok("ONNX Runtime loads a network");
        return Task.CompletedTask;
    }
}
