using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class ProofTests(ITestOutputHelper output)
{
    [Fact]
    public void Scratch()
    {
        Frame frame = new();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg"), frame);
        foreach (string id in new[] { "door-detector", "yunet-n", "yunet-2023mar" })
        {
            CatalogueEntry entry = Catalogue.Embedded.Find(id);
            ModelStore store = new([Shared.Need("models"), Places.BuiltInModels]);
            using FaceDetector detector = new(entry, new Network(id, store.Open(entry).Content));
            foreach (Face face in detector.Detect(frame))
                output.WriteLine($"{id} {face.Box} {face.Score} {string.Join(" ", Enumerable.Range(0, 5).Select(k => face.Landmarks[k]))}");
        }
    }
}
