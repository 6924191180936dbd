using System.CommandLine;

namespace DoorAgent.Commands.Pad;

/// <summary>Creates dooragent pad: the verbs on pictures for measuring presentation attack detection.</summary>
internal static class PadCommand
{
    internal static Command Create() => new("pad", """
        Takes pictures at this door for 'dooragent padreport', which measures how many pictures pass for a person.

        PAD is presentation attack detection: telling a person from a picture of a person.
        """)
    {
        PadRecordCommand.Create(),
    };
}
