using DoorAgent.Commands.People;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Commands.Camera;

/// <summary>A camera that is given with a verb, to take somebody's pictures; it need not be the door's.</summary>
internal static class EnrolmentCamera
{
    /// <summary>Opens what a user calls a camera.</summary>
    /// <param name="what">The number of a camera, a folder of pictures, a video file.</param>
    /// <param name="door">The door's hardware: its own camera is turned as the door turns it.</param>
    /// <exception cref="UserErrorException">There is no such camera, folder or video file.</exception>
    public static ICamera Open(string what, HardwareOptions door)
    {
        try
        {
            return CameraFactory.Open(new HardwareOptions { Camera = what, CameraRotation = door.Camera is { } doors && doors != what ? 0 : door.CameraRotation }, TimeProvider.System);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UserErrorException(failure.Message.Replace("Hardware:Camera", "--camera", StringComparison.Ordinal), failure);
        }
    }

    /// <summary>Takes pictures and shows how it goes.</summary>
    /// <param name="camera">Stays the caller's.</param>
    /// <param name="pipeline">The networks.</param>
    /// <param name="selection">Judges each frame.</param>
    /// <param name="count">How many pictures end it.</param>
    /// <param name="least">How many there must be.</param>
    /// <param name="within">How long at most.</param>
    /// <param name="remedy">What to say where there are too few.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="UserErrorException">Too few good ones came in time; the message says what was mostly wrong.</exception>
    public static async Task<LivePictures> TakeAsync(
        ICamera camera, FacePipeline pipeline, LiveSelection selection, int count, int least, TimeSpan within, string remedy, CancellationToken cancellationToken)
    {
        LivePictures pictures = new(pipeline.ReadFrame, TimeProvider.System);
        Console.WriteLine($"Taking {count} pictures from {camera.Description}: look into it. Ctrl-C ends it, and nothing is written.");
        await LivePicturesView.RunAsync(count, progress => pictures.TakeAsync(camera, selection, count, within, progress, cancellationToken));
        string wrong = selection.MostlyWrong is { } most ? $" Mostly: {most}." : "";
        if (pictures.Names.Count < least)
            throw new UserErrorException($"Only {pictures.Names.Count} of {least} good and different pictures came.{wrong} {remedy}".TrimEnd());
        if (pictures.Names.Count < count)
            Console.WriteLine($"{pictures.Names.Count} of {count} pictures came in time.{wrong}");
        return pictures;
    }
}
