using DoorAgent.Commands.People;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Camera;

/// <summary>Opens the camera that --camera names, which need not be the door's, and takes pictures of a person with it.</summary>
internal static class EnrolmentCamera
{
    /// <summary>Opens a camera by the user's name for it.</summary>
    /// <param name="what">The number of a camera, a folder of pictures, a video file.</param>
    /// <param name="door">The door's hardware: the picture of the door's own camera is rotated as at the door.</param>
    /// <exception cref="UserErrorException">There is no such camera, folder or video file.</exception>
    public static ICamera Open(string what, HardwareOptions door)
    {
        try
        {
            return CameraFactory.Open(
                new HardwareOptions { Camera = what, CameraRotation = door.Camera is { } doors && doors != what ? 0 : door.CameraRotation },
                    TimeProvider.System);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UserErrorException(failure.Message.Replace("Hardware:Camera", "--camera", StringComparison.Ordinal), failure);
        }
    }

    /// <summary>Takes pictures and shows the progress.</summary>
    /// <param name="camera">The camera; the caller keeps ownership.</param>
    /// <param name="pipeline">The networks.</param>
    /// <param name="liveness">Tells a person from a picture.</param>
    /// <param name="selection">Selects good and different frames.</param>
    /// <param name="count">Number of pictures to take.</param>
    /// <param name="least">Number of pictures that are required.</param>
    /// <param name="within">Time limit.</param>
    /// <param name="remedy">What to do when there are too few.</param>
    /// <param name="cancellationToken">Cancels the capture.</param>
    /// <exception cref="UserErrorException">Too few good pictures came in time, or they seem to show a picture of a person; the message
    /// says what was wrong.</exception>
    public static async Task<LivePictures> CaptureAsync(ICamera camera, FacePipeline pipeline, EnrolmentLiveness liveness,
        LiveSelection selection, int count, int least, TimeSpan within, string remedy, CancellationToken cancellationToken)
    {
        LivePictures pictures = new(frame => liveness.Read(frame, pipeline), TimeProvider.System);
        Console.WriteLine($"Taking {count} pictures from {camera.Description}: "
            + "look into the camera. Ctrl-C cancels, and nothing is written.");
        await LivePicturesView.RunAsync(count, () => (pictures.Latest, pictures.LatestFace),
            progress => pictures.TakeAsync(camera, selection, count, within, progress, cancellationToken));
        string wrong = selection.MainProblem is { } most ? $" Mostly: {most}." : "";
        if (pictures.Names.Count < least)
            throw new UserErrorException(
                $"Only {pictures.Names.Count} of {least} good and different pictures came.{wrong} {remedy}".TrimEnd());
        if (pictures.Names.Count < count)
            Console.WriteLine($"{pictures.Names.Count} of {count} pictures came in time.{wrong}");
        liveness.RequirePerson(pictures);
        return pictures;
    }
}
