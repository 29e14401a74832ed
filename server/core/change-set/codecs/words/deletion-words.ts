const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/**
 * Verbs of deletion in the forms of a request, a report and a heading; not in those of a plan (`deleting`), an offer or
 * a negation.
 */
export const deletionVerbs = list(
  `delete deletes deleted deletion deletions remove removes removed removal removals drop dropped erase erased
  lösche löscht löschen gelöscht löschung entferne entfernt entfernen entfernte entfernung
  supprime supprimé supprimée supprimés supprimées supprimer supprimez suppression efface effacé effacée effacer enlevé enlevée retire retiré retirée retirer
  elimina eliminar eliminado eliminada eliminados eliminadas eliminé eliminó eliminación borra borrar borrado borrada borrados borradas borré borro quita quitar quitado quitada
  apaga apagar apagado apagada apagados apaguei apague exclua exclui excluir excluído excluída excluídos excluí remova remover removido removida removidos removi elimine eliminei
  eliminare eliminato eliminata eliminati rimuovi rimuovere rimosso rimossa rimossi rimosse cancella cancellare cancellato cancellata cancellati
  verwijder verwijdert verwijderd verwijderde verwijderen gewist slett slettet fjern fjernet radera raderad raderat
  usuń usunięto usunięty usunięte usunąłem usunięcie
  удали удалить удалите удалил удалила удалено удалён удален удалены удаление видалити видалено видаліть
  sil silindi sildim silme kaldırıldı`,
);

/**
 * Words that may accompany the verb and the name without changing the meaning: no doubt, no condition and no part of
 * the file.
 */
export const deletionFillers = list(
  `i we have has had ve been was were is are be now then also finally please next and both the a an old unused unneeded obsolete empty entire whole existing following completely fully successfully already file files module modules from project repository
  ich wir habe haben hat wurde wurden wird werden ist sind nun jetzt dann auch bitte und der die das den dem alte alten veraltete veralteten unbenutzte unbenutzten leere leeren ganze ganzen folgende folgenden vollständig erfolgreich datei dateien modul module aus projekt
  j je nous ai avons ont été est sont le la les l un une et puis aussi maintenant du ancien ancienne vide inutile suivant suivants fichier fichiers projet
  he hemos ha han sido fue fueron se el los las una y también ahora del viejo antiguo vacío siguiente siguientes archivo archivos fichero ficheros módulo proyecto
  eu nós foi foram o os as um uma e também agora do antigo vazio seguinte seguintes arquivo arquivos ficheiros ficheiro projeto
  ho abbiamo è stato stata stati sono il lo i gli anche ora dal vecchio progetto
  ik heb hebben zijn werd het de en ook nu oude uit bestand bestanden fil filen er den
  plik pliki został zostały
  я мы был были и теперь также файл файлы
  dosya dosyası dosyasını`,
);

/**
 * Languages without spaces: a token that only consists of these characters says that files are deleted, or is a filler.
 */
export const deletionSigns = {
  verb: /删除|移除|削除|삭제/,
  all: /^[删除移已了将把被掉的文件请并且也削しましたたするをがはファイルの삭제했습니다파일을를]+$/u,
};
