using System.CommandLine;
using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Camera;

/// <summary>Opens the door's camera and networks for the camera verbs.</summary>
internal static class DoorCamera
{
    /// <summary>Returns the configured hardware, not checked: for a camera the settings of a door need not be set.</summary>
    public static HardwareOptions Hardware(ParseResult result) => CommonOptions.SettingsOf(result).UncheckedHardware;

    /// <summary>Opens the configured camera.</summary>
    /// <exception cref="UserErrorException">No camera is configured, or the configured camera cannot be opened.</exception>
    public static ICamera Open(ParseResult result)
    {
        try
        {
            return CameraFactory.Open(Hardware(result), TimeProvider.System);
        }
        catch (IOException failure)
        {
            throw new UserErrorException(failure.Message.Contains(nameof(HardwareOptions.CameraRotation), StringComparison.Ordinal)
                ? failure.Message
                : $"{failure.Message} Try it with --set Hardware:Camera=0; 'dooragent camera list' shows what is there.", failure);
        }
    }

    /// <summary>Opens the networks that the door would use.</summary>
    /// <exception cref="UserErrorException">The networks cannot be used.</exception>
    public static FacePipeline OpenPipeline(ParseResult result)
    {
        DoorSettings settings = CommonOptions.SettingsOf(result);
        Places places = CommonOptions.ShowPlaces(result);
        return FacePipelineFactory.Open(places, settings.Faces, DoorHost.EncoderOf(settings.Encodings, places));
    }

    /// <summary>Returns why a camera gives no picture and what to do: most often the running door has the camera.</summary>
    public static async Task<string> WhyNotAsync(ParseResult result, string fault, CancellationToken cancellationToken)
    {
        (_, bool runs) = await OperatorClient.TryAskAsync(CommonOptions.PlacesOf(result), new OperatorRequest(OperatorVerb.Status),
            cancellationToken);
        if (runs)
        {
            return $"{fault}. A door runs here and has the camera: 'dooragent status' says how it is, "
                + "and 'people add NAME --camera door' enrols through it; to look yourself, stop it first ('systemctl stop dooragent').";
        }

        return fault.StartsWith("/dev/", StringComparison.Ordinal) ? $"{fault}. 'dooragent camera list' shows what is there." : $"{fault}.";
    }
}
