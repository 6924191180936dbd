using DoorAgent.Doors;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>The language of scenarios for those who write them; the same text stands in the help and in the guide.</summary>
internal static class ScenarioGrammar
{
    public static string Text { get; } = $"""
        A file is text, one line a moment. # begins a comment, "..." keeps spaces together, [...] may be left out.

        The head, before the first step:
          start DATE TIME ZONE          start 2026-03-02 07:55:00 Europe/Berlin; must be there
          set KEY VALUE                 any setting: set Doors:AccessTime 5s
          enrol NAME [badge B] [pin DIGITS [duress DIGITS]] [schedule S] [until DATE] from GLOB

        Steps, each behind its time: 12.5 (seconds from the start), +3 (from the step above) or 08:00:00 (the wall clock):
          camera GLOB [beside GLOB] [rate FPS] [loop|once|hold] [noise N]
          camera GLOB as print|replay|still|live|turn|wrong-turn [rate FPS]
          camera none|unplugged|frozen|dark
          badge B [gap MS]              bits 0110... [swapped]          keys 4711#          glitch EDGES
          door open|close|bounce N      exit press [SECONDS]          exit badge B
          people enable|disable|remove NAME          people schedule NAME SCHEDULE
          people from NAME DATE|always               people until NAME DATE|never
          people lockdown|two-person NAME on|off     people escort NAME HOST|none
          badges add NAME B             badges block B                  badges lost B
          clock set DATE TIME           clock +2h, -1d, +90min, -30s
          mode normal|lockdown          mode unlocked MINUTESm
          fleet join|normal|away|back   fleet publish|remove NAME
          fleet strict HOURSh           fleet lockdown HOURSh
          restart                       kill (a power cut)              end
          set KEY VALUE                 below a restart: for the restarted door

        Expectations, below their step and indented:
          expect granted NAME           expect denied REASON [NAME]     expect event KIND
          expect relay on|off           expect relay on for SECONDS     expect nothing for SECONDS
          expect state {string.Join('|', Enum.GetNames<DoorPhase>())}
          expect lights {string.Join('|', Enum.GetNames<LightPattern>())}
          each but the last may end with 'within SECONDS', counted from the step; 1 second without

        B is FORMAT:FACILITY:CARD, such as H10301:123:4567. GLOB is a path beside the file, or ROOT:path, with * and ? in the
        file's name: builtin:adam/door-1/*.jpg. REASON and KIND are the words of "dooragent log --explain".
        """.ReplaceLineEndings("\n");
}
