using System.CommandLine;
using System.CommandLine.Help;
using DoorAgent.Commands.Badges;
using DoorAgent.Commands.Camera;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Guide;
using DoorAgent.Commands.Log;
using DoorAgent.Commands.Models;
using DoorAgent.Commands.People;
using DoorAgent.Commands.Setup;
using DoorAgent.Commands.Trying;

namespace DoorAgent.Commands;

/// <summary>The command line as a whole: options that every verb takes, and the verbs.</summary>
internal static class Root
{
    /// <summary>The root command; without a verb it prints the help.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("""
            Opens one door for the right face: reads a badge and a camera, decides, and drives the lock.

            It stays locked at every doubt, and its log says why. Data lie in --data, settings in --config;
            settings may also come as variables, DOORAGENT_Doors__AccessTime=5s.
            Exit codes: 0 done, 1 the answer is no, 2 an error that the message explains.
            """)
        {
            CommonOptions.Config,
            CommonOptions.Data,
            CommonOptions.Models,
            CommonOptions.Set,
            RunCommand.Create(),
            SimulateCommand.Create(),
            TryCommand.Create(),
            SetupCommand.Create(),
            StatusCommand.Create(),
            WatchCommand.Create(),
            LogCommand.Create(),
            UnlockCommand.Create(),
            LockCommand.Create(),
            AcknowledgeCommand.Create(),
            RelockCommand.Create(),
            PeopleCommand.Create(),
            BadgesCommand.Create(),
            VerifyCommand.Create(),
            IdentifyCommand.Create(),
            ModelsCommand.Create(),
            CameraCommand.Create(),
            PinsCommand.Create(),
            ConfigCommand.Create(),
            DoctorCommand.Create(),
            HelpCommand.Create(),
        };
        TeachingHelp.Teach(root);
        Completions.Offer(root);
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }
}
