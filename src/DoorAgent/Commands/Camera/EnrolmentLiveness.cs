using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Camera;

/// <summary>The door's own liveness check, before pictures from a camera are enrolled: a person must have looked into the camera, and not
/// their picture on paper or on a screen.</summary>
/// <param name="check">The check.</param>
/// <param name="remedy">What an operator does who sees a person where the check sees a picture; ends the message of a refusal.</param>
internal sealed class EnrolmentLiveness(LivenessCheck check, string remedy) : IDisposable
{
    /// <summary>Whether the operator says that they see a person, whatever the check finds.</summary>
    public bool IsOverridden { get; init; }

    /// <summary>Opens the check, and says so where it is a weak one.</summary>
    /// <exception cref="UserErrorException">A network is another file or fails its self-test.</exception>
    public static LivenessCheck Open(Places places, LivenessOptions options)
    {
        LivenessCheck check = LivenessFactory.Open(places, options);
        if (check.Strength == LivenessStrength.Cues)
        {
            Console.WriteLine((options.UsesNetworks ? "There are no liveness networks" : $"Liveness:Mode is {options.Mode}")
                + ": only cues tell a person from a picture here, and they miss most pictures.");
        }

        return check;
    }

    /// <summary>Reads a frame as the door does: a face too narrow for the check is too small.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public FaceReading Read(Frame frame, FacePipeline pipeline) => pipeline.ReadFrame(frame, check.MinFaceWidth);

    /// <summary>Checks the pictures that were taken.</summary>
    /// <exception cref="UserErrorException">They seem to show a picture or a screen, or the check failed.</exception>
    public void RequirePerson(LivePictures taken)
    {
        try
        {
            if (taken.JudgeLiveness(check) is not { IsLive: false } verdict)
                return;
            if (!IsOverridden)
                throw new UserErrorException($"This seems to be a picture or a screen, not a person: {verdict.Finding}. {remedy}");
            Console.WriteLine($"Taken though this seems to be a picture or a screen: {verdict.Finding}.");
        }
        catch (NetworkFaultException fault)
        {
            throw new UserErrorException(
                $"Whether a person or a picture is in front of the camera cannot be judged: {fault.Message} 'dooragent doctor' checks the "
                + "networks.", fault);
        }
    }

    public void Dispose() => check.Dispose();
}
