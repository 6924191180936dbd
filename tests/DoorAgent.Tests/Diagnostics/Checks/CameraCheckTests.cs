using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class CameraCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    private string Picture => Path.Combine(_door.Data, "doctor.jpg");

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task AGoodCameraIsReportedWithItsRateAndThePictureIsReadableByTheOwnerOnly()
    {
        string[] files = Directory.GetFiles(Path.Combine(Places.BuiltInPeople, "adam", "door-1"), "*.jpg");
        Shows((i, frame) => PictureFile.Read(files[i % files.Length], frame));

        IReadOnlyList<Finding> found = await _door.FindAsync<CameraCheck>();

        found.AreAllOk();
        found.Has(FindingLevel.Ok, "10.0 frames/s");
        found.Has(FindingLevel.Ok, "usable, quality");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Picture));
        Frame drawn = new(), plain = new();
        PictureFile.Read(Picture, drawn);
        PictureFile.Read(files[0], plain);
        Assert.Equal((plain.Width, plain.Height), (drawn.Width, drawn.Height));
    }

    [Fact]
    public async Task ACameraThatHangsUpsideDownIsAWarningWithItsSetting()
    {
        string[] files = Directory.GetFiles(Path.Combine(Places.BuiltInPeople, "adam", "door-1"), "*.jpg");
        Frame upright = new();
        Shows((i, frame) =>
        {
            PictureFile.Read(files[i % files.Length], upright);
            FrameTurning.Turn(upright, 180, frame);
        });
        (await _door.FindAsync<CameraCheck>())
            .Has(FindingLevel.Warning, "the picture seems to be upside down", "set Hardware:CameraRotation to 180");
    }

    [Fact]
    public async Task ARepeatedPictureIsReportedAsFrozen()
    {
        Shows((_, frame) => Grey(frame, 120));
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Fault, "frozen", "plug");
    }

    [Fact]
    public async Task ACameraThatIsSlowerThanTheRulesNeedIsAFault()
    {
        Shows((i, frame) => Grey(frame, (byte)(100 + i)));
        IReadOnlyList<Finding> found = await _door.FindAsync<CameraCheck>("Decisions:MaxGap=300ms", "Decisions:MinFrameInterval=250ms");
        found.Has(FindingLevel.Fault, "10.0 frames/s are too few to compare a face", "light");
    }

    [Fact]
    public async Task ADarkPictureIsAWarning()
    {
        Shows((_, frame) => Grey(frame, 2));
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Warning, "dark", "light");
    }

    [Fact]
    public async Task AMissingPictureIsAFaultWithItsReason()
    {
        _door.Camera = new ListedCamera(_door.Time, (_, _) => CaptureStatus.Lost);
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Fault, "no picture within 15 s", "camera list");
        Assert.False(File.Exists(Picture));
    }

    [Fact]
    public async Task ACameraThatCannotBeOpenedIsAFault()
    {
        _door.Camera = null;
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Fault, "There is no camera", "Plug one in");
    }

    [Fact]
    public async Task ARealDoorRefusesFiles()
    {
        Shows((_, frame) => Grey(frame, 120));
        (await _door.FindRealAsync<CameraCheck>()).Has(FindingLevel.Fault, "refuses a camera of files", "Hardware:Camera");
    }

    [Fact]
    public async Task ARunningDoorKeepsItsCamera()
    {
        _door.Running = _door.Status();
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Ok, "systemctl stop dooragent");
    }

    [Fact]
    public async Task TheCameraIsMeasuredAlsoWithoutNetworks()
    {
        Shows((i, frame) => Grey(frame, (byte)(100 + i)));
        IReadOnlyList<Finding> found = await _door.FindAsync<CameraCheck>("Encodings:Encoder=mobilefacenet");
        found.Has(FindingLevel.Ok, "frames/s");
        found.Has(FindingLevel.Warning, "no picture was kept", "models");
    }

    [Fact]
    public async Task APictureThatCannotBeSavedIsAWarning()
    {
        Shows((i, frame) => Grey(frame, (byte)(100 + i)));
        _door.Picture = Path.Combine(_door.Put("/a-file", ""), "doctor.jpg");
        (await _door.FindAsync<CameraCheck>()).Has(FindingLevel.Warning, "the picture was not kept", "--picture");
    }

    private void Shows(Action<int, Frame> fill) => _door.Camera = new ListedCamera(_door.Time, (i, frame) =>
    {
        fill(i, frame);
        (frame.CapturedAt, frame.Sequence) = (_door.Time.Monotonic(), i + 1);
        return CaptureStatus.Captured;
    });

    private static void Grey(Frame frame, byte value)
    {
        frame.Resize(64, 48);
        frame.Pixels.Fill(value);
    }
}
