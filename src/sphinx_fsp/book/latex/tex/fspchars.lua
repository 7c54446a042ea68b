-- Fallback fonts for LuaLaTeX, by the characters that a document uses. See fspchars.sty.
local fspchars = {}
-- By the kind of font, the request for a font that has a character.
local chosen = { rm = {}, sf = {}, tt = {} }
local lost, cjk = {}, false

local function find(name)
  return kpse.find_file(name, "opentype fonts") or kpse.find_file(name, "truetype fonts")
end

function fspchars.exists(name)
  tex.print(find(name) and "1" or "0")
end

local covers = {}
local function coverage(name)
  if covers[name] == nil then
    local path = find(name)
    local known = false
    if path then
      known = {}
      local ok, hb = pcall(require, "luaharfbuzz")
      local face = ok and hb.Face.new(path)
      for _, code in ipairs(face and face:collect_unicodes() or {}) do
        known[code] = true
      end
    end
    covers[name] = known
  end
  return covers[name]
end

local function request_for(names, code, script)
  for name in names:gmatch("[^,]+") do
    local known = coverage(name)
    if known and known[code] then
      -- HarfBuzz joins letters.
      local mode = script == "" and "mode=node;" or "mode=harf;script=" .. script .. ";"
      return "[" .. name .. "]:" .. mode
    end
  end
end

function fspchars.group(locale, script, rm, sf, tt, codes)
  cjk = cjk or locale == "zh" or locale == "ja" or locale == "ko"
  for hex in codes:gmatch("[^,]+") do
    local code = tonumber(hex, 16)
    chosen.rm[code] = request_for(rm, code, script)
    chosen.sf[code] = request_for(sf, code, script)
    chosen.tt[code] = request_for(tt, code, script)
    if not chosen.rm[code] then
      lost[#lost + 1] = hex
    end
  end
end

-- The kind of a font of the document: what it has, of which family and how large it is.
local kinds = {}
local function kind_of(id)
  if kinds[id] == nil then
    local font = font.getfont(id)
    local has = font and font.characters
    local name = font and (font.psname or font.fullname or font.name or "")
    kinds[id] = has
        and {
          has = has,
          size = font.size,
          bold = name:lower():find("bold") ~= nil,
          family = has[0x69] and has[0x6D] and has[0x69].width == has[0x6D].width and "tt"
            or name:lower():find("sans") and "sf"
            or name:lower():find("heros") and "sf"
            or "rm",
        }
      or false
  end
  return kinds[id]
end

local ids = {}
local function fallback(request, kind)
  local key = request .. (kind.bold and "embolden=1.8;" or "")
  local full = key .. "@" .. kind.size
  if not ids[full] then
    local found = luaotfload.define_font(key, kind.size)
    if type(found) == "table" then
      local id = font.define(found)
      fonts.definers.register(found, id)
      found = id
    end
    ids[full] = found
    kinds[found] = false
  end
  return ids[full]
end

-- Give characters that their font lacks another one, before luaotfload sees them.
local GLYPH, DISC = node.id("glyph"), node.id("disc")
local function replace(head)
  for current, id in node.traverse(head) do
    if id == DISC then
      for _, field in ipairs({ "pre", "post", "replace" }) do
        if current[field] then
          replace(current[field])
        end
      end
    elseif id == GLYPH and current.char > 0x7F then
      local kind = kind_of(current.font)
      local request = kind and chosen[kind.family][current.char]
      -- Fonts of the document are set for Latin letters, and join no others that they have.
      if request and (not kind.has[current.char] or request:find("mode=harf")) then
        current.font = fallback(request, kind)
      end
    end
  end
end

local function replaced(head)
  replace(head)
  return head
end

function fspchars.rest()
  for _, hex in ipairs(lost) do
    tex.print(string.format("\\csname fsp@rare\\endcsname{%s}", hex))
  end
end

-- In bookmarks the characters stand for themselves.
function fspchars.bookmarks()
  for _, hex in ipairs(lost) do
    tex.print(string.format('\\def^^^^^^%06x{\\Uchar"%s }', tonumber(hex, 16), hex))
  end
end

-- Let lines be broken between Chinese, Japanese and Korean characters.
local closing, opening = {}, {}
for _, code in utf8.codes("、。，．：；？！）］｝」』】〉》〕”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ") do
  closing[code] = true
end
for _, code in utf8.codes("（［｛「『【〈《〔“‘") do
  opening[code] = true
end
local function wide(code)
  return code >= 0x2E80 and code <= 0x9FFF
    or code >= 0xAC00 and code <= 0xD7FF
    or code >= 0xF900 and code <= 0xFAFF
    or code >= 0xFF00 and code <= 0xFFEF
    or code >= 0x20000 and code <= 0x3FFFF
end

local function breaks(head)
  for current in node.traverse_id(GLYPH, head) do
    local after = current.next
    if
      after
      and after.id == GLYPH
      and wide(current.char)
      and wide(after.char)
      and not opening[current.char]
      and not closing[after.char]
    then
      local glue = node.new("glue")
      node.setglue(glue, 0, 0.1 * tex.sp("10pt"), 0)
      node.insert_after(head, current, glue)
    end
  end
  return head
end

-- Have a function called before those that are registered already.
local function add_first(callback, act, description)
  local others = {}
  for _, other in ipairs(luatexbase.callback_descriptions(callback)) do
    others[#others + 1] = { luatexbase.remove_from_callback(callback, other) }
  end
  luatexbase.add_to_callback(callback, act, description)
  for _, other in ipairs(others) do
    luatexbase.add_to_callback(callback, other[1], other[2])
  end
end

function fspchars.start()
  if next(chosen.rm) then
    add_first("hpack_filter", replaced, "fspchars.replace")
    add_first("pre_linebreak_filter", replaced, "fspchars.replace")
  end
  if cjk then
    add_first("pre_linebreak_filter", breaks, "fspchars.breaks")
  end
end

return fspchars
