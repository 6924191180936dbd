using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Explaining;

/// <summary>The pictures of a visit that a simulated camera took, as files of a folder, 100 ms apart.</summary>
internal sealed class MadeVisit : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();
    private int _count;

    public string Folder => _folder.Path;

    public IReadOnlyList<VisitPicture> Pictures => [.. PictureFile.In(Folder).Select(VisitPicture.Of)];

    /// <summary>The pictures of a built-in person, with a change to each.</summary>
    public static MadeVisit Of(string person, int count, Action<Frame>? change = null)
    {
        MadeVisit visit = new();
        Frame frame = new();
        string[] files = [.. PictureFile.In(Path.Combine(Places.BuiltInPeople, person))];
        for (int i = 0; i < count; i++)
        {
            PictureFile.Read(files[i % files.Length], frame);
            change?.Invoke(frame);
            visit.Add(frame);
        }

        return visit;
    }

    /// <summary>What the camera sees of a picture that is presented.</summary>
    public static MadeVisit Presented(FacePipeline pipeline, string person, Presentation kind, int count, TurnDirection? asked = null,
        int askedAfter = 0)
    {
        MadeVisit visit = new();
        CameraScene scene = new(PictureFile.Read, seed: 1);
        scene.Show(new ShowPresentation("", kind, 10), [.. PictureFile.In(Path.Combine(Places.BuiltInPeople, person))],
            picture => MainFace.OfFrame(pipeline.FindFaces(picture)), TimeSpan.Zero);
        Frame frame = new();
        for (int i = 0; i < count; i++)
        {
            if (i == askedAfter && asked is { } side)
                scene.Ask(side, i * Interval);
            scene.Capture(frame, i * Interval);
            visit.Add(frame);
        }

        return visit;
    }

    /// <summary>Removes the pictures that a condition does not select.</summary>
    public void Keep(Predicate<Frame> selects)
    {
        Frame frame = new();
        foreach (string file in PictureFile.In(Folder))
        {
            PictureFile.Read(file, frame);
            if (!selects(frame))
                File.Delete(file);
        }
    }

    public void Add(Frame frame) => File.WriteAllBytes(_folder.File($"{_count++:000}.png"), PictureFile.ToPng(frame));

    public void Dispose() => _folder.Dispose();
}
