using System.Net.Sockets;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>Sends the camera's next frame to a page: a line with what it shows, then the JPEG.</summary>
/// <param name="door">The door.</param>
/// <param name="time">The clock.</param>
internal sealed class PagePicture(ISeeingDoor door, TimeProvider time)
{
    /// <summary>Sends a picture.</summary>
    /// <returns>The answer that follows; the only one where there is no picture.</returns>
    public async Task<OperatorAnswer> SendAsync(NetworkStream stream, CancellationToken stop)
    {
        Look look;
        try
        {
            look = await door.LookAsync(LookUse.Show, stop).WaitAsync(OperableRequests.Patience, time, stop);
        }
        catch (TimeoutException)
        {
            return new OperatorAnswer { CameraFault = $"The camera gave no picture for {OperableRequests.Patience.TotalSeconds:0} s." };
        }

        if (look.Picture is not { } picture)
            return new OperatorAnswer { CameraFault = look.Fault ?? "The camera gives no picture." };
        byte[] jpeg = FrameDrawing.ToJpeg(picture);
        OperatorAnswer facts = new() { Facts = FactsOf(look, picture, jpeg.Length) };
        await OperatorProtocol.WriteAsync(stream, facts, stop).WaitAsync(OperableRequests.Patience, time, stop);
        await stream.WriteAsync(jpeg, stop).AsTask().WaitAsync(OperableRequests.Patience, time, stop);
        return new OperatorAnswer();
    }

    internal static PictureFacts FactsOf(Look look, Frame picture, int bytes)
    {
        FaceReading? reading = look.Reading;
        bool isUsable = look.Fault is null && reading is { Problem: UnusableReason.None };
        PictureFacts facts = new(picture.Width, picture.Height, bytes)
        {
            Face = reading?.Face is { Box: var box } ? new PictureBox(box.X, box.Y, box.Width, box.Height) : null,
            IsUsable = isUsable,
            Words = look.Fault ?? "",
        };
        return isUsable || look.Fault is not null || reading is null ? facts : facts with
        {
            Problem = reading.Problem.ToString(), Words = PictureWords.Live(reading), Advice = PictureWords.Advice(reading),
        };
    }
}
